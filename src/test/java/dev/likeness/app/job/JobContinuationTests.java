package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.task.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.unit.DataSize;

/** A job that continues the training of another one. */
@ApiTest
class JobContinuationTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    JobRepository repository;

    @Autowired
    JobProgress progress;

    @Autowired
    TrainingStates states;

    @Autowired
    TestDatabase database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final Map<UUID, String> digests = new HashMap<>();

    @Test
    void beginsWithTheStateOfTheOtherJob() {
        UUID first = trained("{\"sampling\": {\"steps\": 9}}");

        Answer job = resume(first, "{\"steps\": 100}");

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.at("/status")).isEqualTo("queued");
        assertThat(job.at("/continued_from/job_id")).isEqualTo(first.toString());
        assertThat(job.at("/continued_from/step")).isEqualTo("400");
        assertThat(job.at("/spec/training/steps")).isEqualTo("500");
        assertThat(job.at("/spec/sampling/steps")).isEqualTo("9");
        assertThat(job.at("/subject_id")).isEqualTo(jobs.get(first).subjectId().toString());
        assertThat(resumes(job)).containsExactly(400);
    }

    @Test
    void keepsTheCaptionsThatWereTrainedWith() {
        UUID first = trained("{\"training\": {\"captions\": [\"a {subject}, one\", \"two\", \"three\"]}}");

        Answer job = resume(first, "{\"steps\": 1}");

        assertThat(jobs.get(UUID.fromString(job.at("/id"))).captions())
                .isEqualTo(jobs.get(first).captions())
                .hasSize(3);
    }

    /** The state belongs to the new job, too. */
    @Test
    void outlivesTheOtherJob() {
        UUID first = trained("{}");
        Answer job = resume(first, "{\"steps\": 1}");

        assertThat(api.delete("/v1/jobs/" + first).status()).isEqualTo(204);

        Answer later = api.get("/v1/jobs/" + job.at("/id"));
        assertThat(later.body().at("/continued_from/job_id").isNull()).isTrue();
        assertThat(later.at("/continued_from/step")).isEqualTo("400");
        assertThat(database.files().referenced()).contains(digests.get(first));
    }

    /** The settings that a saving of memory would change decide the losses. */
    @Test
    void isNeverChangedToSaveMemory() {
        UUID first = trained("{}");

        Answer job = resume(first, "{\"steps\": 1}");

        assertThat(database.jobs().fixed(UUID.fromString(job.at("/id"))))
                .contains("batch_of_one", "eight_bit_optimizer", "frozen_text", "gradient_checkpointing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | steps | is required: the number of steps to train further",
                "{\"steps\": 0} | steps | must be from 1 to 99600: the job has trained 400 steps, and a training has at most 100000",
                "{\"steps\": 99601} | steps | must be from 1 to 99600: the job has trained 400 steps, and a training has at most 100000",
                "{\"steps\": 2147483648} | steps | must be an integer",
                "{\"steps\": 1.5} | steps | must be an integer",
                "{\"steps\": \"1\"} | steps | must be an integer",
                "{\"steps\": 1, \"spec\": {}} | spec | is not a known field",
                "{\"steps\": 1, \"webhook\": 1} | webhook | must be a string",
                "{\"steps\": 1, \"webhook\": \"http://127.0.0.1/\"} | webhook | resolves to an address that is not on the public"
                        + " internet; the operator can allow it with likeness.webhooks.allow-private=true"
            })
    void refusesAnInvalidRequest(String body, String field, String message) {
        UUID first = trained("{}");

        Answer refused = resume(first, body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/loc/0")).isEqualTo(field);
        assertThat(refused.at("/errors/0/msg")).isEqualTo(message);
    }

    /** The rates of the first steps would have been others. */
    @ParameterizedTest
    @CsvSource({"linear", "cosine", "polynomial"})
    void refusesASchedule(String schedule) {
        UUID first = trained("{\"training\": {\"learning_rate_schedule\": \"%s\"}}".formatted(schedule));

        Answer refused = resume(first, "{\"steps\": 1}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/loc/0")).isEqualTo("steps");
        assertThat(refused.at("/errors/0/msg"))
                .startsWith(
                        "the learning rate schedule %s depends on the total number of steps: step".formatted(schedule))
                .contains("base_job_id");
    }

    /** The schedule of a part, where that of everything else may stay. */
    @Test
    void refusesTheScheduleOfAPart() {
        UUID first = trained(
                "{\"training\": {\"train_text_encoder\": true, \"rates\": {\"text_encoder\": {\"learning_rate_schedule\": \"cosine\"}}}}");

        Answer refused = resume(first, "{\"steps\": 1}");

        assertThat(refused.at("/errors/0/msg"))
                .startsWith("the learning rate schedule cosine of training.rates.text_encoder depends on the total");
    }

    /** A list of rates and a warm-up do not depend on the total. A run that ended early has the total that it was meant to have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"training\": {\"learning_rate_schedule\": \"1e-3:200, 1e-4\"}} | 7",
                "{\"training\": {\"warmup_steps\": 300}} | 7",
                "{\"training\": {\"warmup_steps\": 600}} | 7",
                "{\"training\": {\"steps\": 900, \"learning_rate_schedule\": \"cosine\", \"warmup_steps\": 9}} | 500"
            })
    void continuesRatesThatStayTheSame(String spec, int steps) {
        UUID first = trained(spec);

        assertThat(resume(first, "{\"steps\": %d}".formatted(steps)).status()).isEqualTo(202);
    }

    @Test
    void keepsThePivotAtItsStep() {
        UUID first = trained("{\"method\": \"pivotal_tuning\"}");

        Answer job = resume(first, "{\"steps\": 100}");

        assertThat(job.at("/spec/pivotal_tuning/embeddings_until")).isEqualTo("0.4");
        assertThat(job.at("/spec/pivotal_tuning/adapter_from")).isEqualTo("0.0");
    }

    @Test
    void needsAFinishedJobWithAState() {
        UUID unfinished = UUID.fromString(api.submit(Api.owl()).at("/id"));
        UUID without = UUID.fromString(worker.finishedJob(api));

        assertThat(resume(unfinished, "{}").status()).isEqualTo(409);
        Answer never = resume(without, "{\"steps\": 1}");
        assertThat(never.status()).isEqualTo(409);
        assertThat(never.at("/detail")).contains("its training did not end").contains("base_job_id");
        assertThat(api.get("/v1/jobs/" + without).body().get("training_state").isNull())
                .isTrue();
        assertThat(resume(UUID.randomUUID(), "{}").status()).isEqualTo(404);
    }

    @Test
    void isPossibleForSomeDays() {
        UUID first = trained("{}");
        Instant end = Objects.requireNonNull(jobs.get(first).completedAt()).plus(Duration.ofDays(7));
        assertThat(api.get("/v1/jobs/" + first).at("/training_state/status")).isEqualTo("kept");
        assertThat(api.get("/v1/jobs/" + first).at("/training_state/kept_until"))
                .isEqualTo(end.toString());

        sweep(end.minusMillis(1), DataSize.ofGigabytes(1));
        assertThat(resume(first, "{\"steps\": 1}").status()).isEqualTo(202);
        sweep(end, DataSize.ofGigabytes(1));

        assertThat(api.get("/v1/jobs/" + first).at("/training_state/status")).isEqualTo("expired");
        Answer gone = resume(first, "{\"steps\": 1}");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.at("/code")).isEqualTo("gone");
        assertThat(gone.at("/detail")).contains("it was kept until " + end);
    }

    /** Of an owner's states the oldest ones are deleted, and their files if no other job needs them. */
    @Test
    void isLimitedByTheSizeOfAnOwnersStates() {
        worker.clear();
        UUID older = trained("{}");
        UUID newer = trained("{}");

        sweep(Instant.now(), DataSize.ofBytes("state of ".length() + 36));

        assertThat(api.get("/v1/jobs/" + newer).at("/training_state/status")).isEqualTo("kept");
        assertThat(api.get("/v1/jobs/" + older).at("/training_state/status")).isEqualTo("over_quota");
        assertThat(resume(older, "{\"steps\": 1}").status()).isEqualTo(410);
        await().untilAsserted(() -> assertThat(database.files().rows(Objects.requireNonNull(digests.get(older))))
                .isZero());
    }

    @Test
    void isCreatedOnceForAnIdempotencyKey() {
        UUID first = trained("{}");
        String key = UUID.randomUUID().toString();

        List<Answer> answers = List.of(again(first, key), again(first, key));

        assertThat(answers.get(1).at("/id")).isEqualTo(answers.get(0).at("/id"));
        assertThat(answers.get(1).headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
    }

    private Answer again(UUID first, String key) {
        return api.send(
                HttpMethod.POST,
                "/v1/jobs/%s/continue".formatted(first),
                it -> it.set("Idempotency-Key", key),
                "{\"steps\": 1}",
                MediaType.APPLICATION_JSON);
    }

    private Answer resume(UUID job, String body) {
        return api.post("/v1/jobs/%s/continue".formatted(job), body);
    }

    /** A finished job whose training ended after 400 steps. */
    private UUID trained(String spec) {
        UUID id = UUID.fromString(api.submit(Api.owl(spec)).at("/id"));
        worker.work(id, lease -> {
            StoredFile state = worker.file("state of " + id);
            digests.put(id, state.sha256());
            progress.keepState(lease, 400, state);
        });
        return id;
    }

    private List<Integer> resumes(Answer job) {
        Lease lease =
                progress.lease(UUID.fromString(job.at("/id"))).orElseThrow().lease();
        return progress.checkpoints(lease, CheckpointKind.RESUME).stream()
                .map(KeptCheckpoint::step)
                .toList();
    }

    private void sweep(Instant now, DataSize perOwner) {
        new TrainingStateSweep(
                        jdbc,
                        repository,
                        states,
                        new TrainingStateSettings(Duration.ofDays(7), DataSize.ofGigabytes(1), perOwner),
                        transactions,
                        Clock.fixed(now, ZoneOffset.UTC))
                .sweep();
    }
}
