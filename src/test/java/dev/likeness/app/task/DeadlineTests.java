package dev.likeness.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.MovableClock;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Deadlines of tasks. */
@ApiTest
class DeadlineTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Autowired
    TestDatabase database;

    @Autowired
    TaskTypes types;

    @Autowired
    TaskQueue queue;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Clock clock;

    @ParameterizedTest
    @CsvSource({"5,5", "90s,90", "5m,300", "1h30m45s,5445", "1h5,3605", "720h,2592000", "0h0m7s,7"})
    void areReadInEveryForm(String time, long seconds) {
        Answer job = submit(time);

        assertThat(job.status()).isEqualTo(202);
        assertThat(Duration.between(Instant.parse(job.at("/created_at")), Instant.parse(job.at("/cancel_at"))))
                .isEqualTo(Duration.ofSeconds(seconds));
        assertThat(job.body().get("cancel_reason").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4s", "720h1s", "99999999h", "-5", "1.5m", "5 m", "m", "1s1m", "soon", "1e3", "1d"})
    void areRefusedUnlessTheyAreDurationsInRange(String time) {
        Answer refused = submit(time);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/loc/0")).isEqualTo("Cancel-After");
    }

    @Test
    void cancelAWaitingJobThatSaysWhy() {
        String id = submit("1h").at("/id");
        String other = submit(null).at("/id");

        database.jobs().pass(UUID.fromString(id));

        sweeper(clock).sweep();

        assertThat(api.get("/v1/jobs/" + id).at("/status")).isEqualTo("canceled");
        assertThat(api.get("/v1/jobs/" + id).at("/cancel_reason")).isEqualTo("deadline");
        assertThat(database.jobs().messages(UUID.fromString(id)))
                .anyMatch(it -> it.startsWith("the job is canceled, because it was not final at its deadline"));
        assertThat(progress.lease(UUID.fromString(id))).isEmpty();
        assertThat(api.get("/v1/jobs/" + other).at("/status")).isEqualTo("queued");
    }

    @Test
    void askTheWorkerOfARunningJobToStop() {
        UUID id = UUID.fromString(submit("1h").at("/id"));
        Lease lease = progress.lease(id).orElseThrow().lease();
        progress.start(lease);

        database.jobs().pass(id);

        sweeper(clock).sweep();

        assertThat(progress.signal(lease)).isEqualTo(Signal.CANCELED);
        progress.canceled(lease);
        assertThat(api.get("/v1/jobs/" + id).at("/cancel_reason")).isEqualTo("deadline");
    }

    @Test
    void leaveFinalJobsAlone() {
        UUID id = UUID.fromString(submit("1h").at("/id"));
        worker.work(id);

        database.jobs().pass(id);
        sweeper(clock).sweep();

        assertThat(progress.cancelAtDeadline(id, clock.instant())).isFalse();
        assertThat(api.get("/v1/jobs/" + id).at("/status")).isEqualTo("succeeded");
        assertThat(api.get("/v1/jobs/" + id).body().get("cancel_reason").isNull())
                .isTrue();
    }

    @Test
    void differFromARequestToCancel() {
        String id = submit("1h").at("/id");

        assertThat(api.post("/v1/jobs/%s/cancel".formatted(id)).at("/cancel_reason"))
                .isEqualTo("request");
    }

    /** Every kind of task has them, and the next request of the same thread has none. */
    @Test
    void belongToEveryTaskOfTheirOwnRequest() {
        String job = worker.finishedJob(api);
        String subject = api.get("/v1/jobs/" + job).at("/subject_id");

        assertThat(post("/v1/jobs/%s/generations".formatted(job), "{}", "9m").at("/cancel_at"))
                .isNotEmpty();
        assertThat(post("/v1/subjects/%s/jobs".formatted(subject), "{}", "9m").at("/cancel_at"))
                .isNotEmpty();
        assertThat(post("/v1/evaluations", "{\"job_ids\": [\"%s\"]}".formatted(job), "9m")
                        .at("/cancel_at"))
                .isNotEmpty();
        assertThat(post("/v1/subjects/%s/captions".formatted(subject), "{\"model\": \"tests/described\"}", "9m")
                        .at("/cancel_at"))
                .isNotEmpty();
        for (int i = 0; i < 9; i++) {
            assertThat(submit(null).body().get("cancel_at").isNull()).isTrue();
        }
    }

    /** The process that has created a task does not wait for the next look at the database. */
    @Test
    void areKeptToTheSecondByTheProcessThatCreatedTheTask() {
        MovableClock movable = new MovableClock();
        DeadlineSweep sweeper = sweeper(movable);
        sweeper.sweep();
        String id = submit("9").at("/id");

        movable.pass(Duration.ofSeconds(8));
        sweeper.sweep();
        assertThat(api.get("/v1/jobs/" + id).at("/status")).isEqualTo("queued");
        movable.pass(Duration.ofSeconds(3));
        sweeper.sweep();

        assertThat(api.get("/v1/jobs/" + id).at("/status")).isEqualTo("canceled");
    }

    private DeadlineSweep sweeper(Clock time) {
        return new DeadlineSweep(types, queue, jdbc, transactions, time);
    }

    private Answer submit(@Nullable String time) {
        return api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> {
                    if (time != null) {
                        it.set("Cancel-After", time);
                    }
                },
                Api.owl(),
                MediaType.MULTIPART_FORM_DATA);
    }

    private Answer post(String path, String body, String time) {
        return api.send(HttpMethod.POST, path, it -> it.set("Cancel-After", time), body, MediaType.APPLICATION_JSON);
    }
}
