package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.caption.CaptionProgress;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.LeasedEvaluation;
import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.evaluation.NewEvaluationImage;
import dev.likeness.app.evaluation.NewEvaluationRow;
import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;

/** Deleted jobs leave nothing but data of others, in all tables and in the store. */
@ApiTest
@Timeout(60)
abstract class DeletionContract {

    /** Tables of the deployment, without data of jobs. */
    private static final Set<String> OF_NOBODY = Set.of("flyway_schema_history", "webhook_secret", "worker");

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    ArtifactStore store;

    @Autowired
    Jobs jobs;

    @Autowired
    List<JobUse> uses;

    @Autowired
    JobProgress jobProgress;

    @Autowired
    GenerationProgress generationProgress;

    @Autowired
    EvaluationProgress evaluationProgress;

    @Autowired
    CaptionProgress captionProgress;

    @Autowired
    PriorImages priorImages;

    @Autowired
    TaskQueue queue;

    @Autowired
    TestDatabase database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JsonMapper json;

    /** Names of all files in the store. */
    abstract Set<String> files();

    @Test
    void leavesNothingOfAJob() {
        Set<String> before = everything();
        UUID id = finishedJob("alone", 2);
        evaluate(id);
        assertThat(added(before)).hasSizeGreaterThan(40);

        api.delete("/v1/jobs/" + id);

        await().untilAsserted(() -> assertThat(added(before)).isEmpty());
    }

    @Test
    void leavesNothingOfAJobThatWaited() {
        Set<String> before = everything();
        UUID id = submit();

        api.delete("/v1/jobs/" + id);

        await().untilAsserted(() -> assertThat(added(before)).isEmpty());
    }

    @Test
    void leavesNothingOfJobsWhoseTimeIsOver() {
        Set<String> before = everything();
        UUID first = finishedJob("expired", 2);
        evaluate(first, finishedJob("expired", 3));
        Instant later = Instant.now().plus(Duration.ofDays(31));

        new JobExpiry(jobs, uses, jdbc, transactions, Clock.fixed(later, ZoneOffset.UTC)).sweep();

        await().untilAsserted(() -> assertThat(added(before)).isEmpty());
    }

    @Test
    void keepsWhatAnotherJobHasToo() {
        Set<String> before = everything();
        Set<String> filesBefore = files();
        Set<String> usedBefore = database.files().referenced();
        UUID first = finishedJob("shared", 2);
        UUID second = finishedJob("shared", 3);
        UUID other = finishedJob("another", 2);
        evaluate(first, second);
        Set<String> priorImages = database.jobs().priorImages("shared");

        api.delete("/v1/jobs/" + first);
        api.delete("/v1/jobs/" + other);

        Set<String> stillUsed = without(usedBefore, database.files().referenced());
        await().untilAsserted(() -> assertThat(without(filesBefore, files())).isEqualTo(stillUsed));
        assertThat(priorImages).hasSize(3);
        assertThat(database.jobs().priorImages("shared")).isEqualTo(priorImages);
        assertThat(database.jobs().priorImages("another")).isEmpty();
        stillUsed.forEach(store::bytes);
        String left = String.join("\n", added(before));
        assertThat(left).contains(second.toString()).doesNotContain(other.toString());

        api.delete("/v1/jobs/" + second);

        await().untilAsserted(() -> assertThat(added(before)).isEmpty());
    }

    @Test
    void keepsNoPriorImageForAJobThatIsGone() {
        UUID id = submit();
        PriorSet set = priorSet("gone");
        priorImages.use(id, set, 1);
        jobs.delete(id);
        Set<String> before = everything();

        priorImages.keep(id, set, 0, worker.file("drawn too late"));

        await().untilAsserted(() -> assertThat(added(before)).isEmpty());
    }

    @Test
    void generatesASetAgainAfterItsLastJobIsGone() {
        jobs.delete(finishedJob("once more", 2));

        UUID next = submit();

        assertThat(priorImages.use(next, priorSet("once more"), 2)).isEmpty();
        jobs.delete(next);
    }

    /**
     * A job with all kinds of data: a subject with captions, prior images, checkpoints, images, files, a generation.
     */
    UUID finishedJob(String priorName, int images) {
        UUID id = submit();
        describe(jobs.get(id).subjectId());
        PriorSet set = priorSet(priorName);
        Map<Integer, String> found = priorImages.use(id, set, images);
        for (int i = 0; i < images; i++) {
            if (!found.containsKey(i)) {
                priorImages.keep(id, set, i, worker.file("prior image %d of %s".formatted(i, priorName)));
            }
        }
        worker.work(id);
        generate(id);
        return id;
    }

    private UUID submit() {
        MultiValueMap<String, Object> form = Api.owl();
        form.add("webhook", "https://example.com/hook");
        return id(api.submit(form));
    }

    private void describe(UUID subject) {
        UUID task = id(api.post("/v1/subjects/%s/captions".formatted(subject), "{}"));
        Lease lease = captionProgress.lease(task).orElseThrow().lease();
        captionProgress.start(lease);
        Caption caption = new Caption("a bird", CaptionOrigin.values()[0]);
        captionProgress.succeed(lease, List.of(caption, caption, caption));
    }

    private void generate(UUID job) {
        UUID id = id(api.post("/v1/jobs/%s/generations".formatted(job), "{}"));
        Lease lease = generationProgress.lease(id).orElseThrow().lease();
        generationProgress.start(lease);
        generationProgress.addImage(lease, TestWorker.image(worker.file("image of generation " + id), 0));
        generationProgress.addScores(lease, List.of(TestWorker.score(0.6)));
        generationProgress.succeed(lease);
    }

    private void evaluate(UUID... ids) {
        UUID id =
                id(api.post("/v1/evaluations", json.writeValueAsString(Map.of("job_ids", ids, "steps", List.of(10)))));
        LeasedEvaluation leased = evaluationProgress.lease(id).orElseThrow();
        evaluationProgress.start(leased.lease());
        for (EvaluatedJob job : leased.jobs()) {
            PlannedRow row = job.rows().get(0);
            evaluationProgress.addImage(
                    leased.lease(),
                    new NewEvaluationImage(
                            job.id(),
                            row.position(),
                            0,
                            worker.file("row %d of %s".formatted(row.position(), id)),
                            new ImageRecipe(
                                    "a bird",
                                    "",
                                    0,
                                    new SamplingSettings(Sampler.DDIM, 10, 5, 0, 64, 64),
                                    "2c26b46b",
                                    AdapterScales.FULL,
                                    true,
                                    List.of()),
                            400,
                            0.25));
            evaluationProgress.addRow(leased.lease(), new NewEvaluationRow(job, row, List.of(TestWorker.score(0.6))));
        }
        evaluationProgress.succeed(leased.lease());
        // A real worker removes completed tasks from the queue.
        queue.remove(new TaskRef(TaskRef.Kind.EVALUATION, id));
    }

    private static PriorSet priorSet(String name) {
        return new PriorSet(name, "a photo of a bird", "2c26b46b", Map.of());
    }

    private static UUID id(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return UUID.fromString(answer.at("/id"));
    }

    private Set<String> added(Set<String> before) {
        return without(before, everything());
    }

    private static Set<String> without(Set<String> before, Set<String> now) {
        Set<String> added = new HashSet<>(now);
        added.removeAll(before);
        return added;
    }

    /** Every row of every table, and every file. */
    private Set<String> everything() {
        Set<String> everything = new HashSet<>(files());
        everything.addAll(database.everyRow(OF_NOBODY));
        return everything;
    }
}
