package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.JobEventFeed.Event;
import dev.likeness.app.job.JobEventFeed.News;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.Signal;
import dev.likeness.app.task.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

@ApiTest
class JobProgressTests {

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    JobProgress progress;

    @Autowired
    JobResults results;

    @Autowired
    JobEventFeed history;

    @Autowired
    ArtifactStore artifacts;

    @Autowired
    TestDatabase database;

    UUID jobId;

    @BeforeEach
    void submitJob() {
        jobId = worker.submit();
    }

    @Test
    void leasesAJobWithItsResolvedSpec() {
        LeasedJob leased = progress.lease(jobId).orElseThrow();

        assertThat(leased.lease()).isEqualTo(new Lease(jobId, 1));
        assertThat(leased.expand("a photo of a {subject}, not of a {class}"))
                .isEqualTo("a photo of a sks teapot, not of a teapot");
        assertThat(jobs.get(jobId).status()).isEqualTo(TaskStatus.STARTING);
    }

    @Test
    void leasesNoFinalJob() {
        jobs.cancel(jobId);

        assertThat(progress.lease(jobId)).isEmpty();
    }

    @Test
    void leasesNoJobThatIsGone() {
        assertThat(progress.lease(UUID.randomUUID())).isEmpty();
    }

    @Test
    void cancelsAtTheNextLeaseWhenTheWorkerThatShouldStopIsGone() {
        Lease lease = begin();
        jobs.cancel(jobId);

        assertThat(progress.lease(jobId)).isEmpty();
        assertThat(jobs.get(jobId).status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(progress.signal(lease)).isEqualTo(Signal.LEASE_LOST);
    }

    @Test
    void refusesWritesOfAFormerLease() {
        Lease former = begin();
        progress.lease(jobId);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> progress.progress(former, 1, 2, null));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> progress.succeed(former, new Job.Outcome(1.0, null)));
        assertThat(progress.signal(former)).isEqualTo(Signal.LEASE_LOST);
    }

    @Test
    void signalsCancellation() {
        Lease lease = begin();
        assertThat(progress.signal(lease)).isEqualTo(Signal.CONTINUE);

        jobs.cancel(jobId);

        assertThat(progress.signal(lease)).isEqualTo(Signal.CANCELED);
    }

    @Test
    void numbersEventsFromOneWithoutGaps() {
        Lease lease = begin();
        progress.enterPhase(lease, Phase.TRAINING);
        progress.progress(lease, 3, 10, 12);
        progress.event(lease, EventType.METRIC, Map.of("step", 3, "loss", 0.25));
        progress.succeed(lease, new Job.Outcome(4.5, 1L << 31));

        News news = of(history.after(Map.of(jobId, 0L)), jobId);
        assertThat(news.isComplete()).isTrue();
        assertThat(news.events()).extracting(Event::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(news.events())
                .extracting(Event::type)
                .containsExactly("start", "progress", "progress", "metric", "completed");
        assertThat(news.events().get(2).data())
                .matches("\\{\"step\": 3, \"phase\": \"training\", \"total\": 10,"
                        + " \"created_at\": \"[-0-9]+T[0-9:.]+Z\", \"eta_seconds\": 12}");
    }

    @Test
    void readsOnlyEventsAfterTheLastOneSeen() {
        Lease lease = begin();
        progress.enterPhase(lease, Phase.PREPARING);
        UUID other = worker.submit();

        Map<UUID, News> news = history.after(Map.of(jobId, 1L, other, 0L, UUID.randomUUID(), 0L));

        assertThat(news).containsOnlyKeys(jobId, other);
        assertThat(of(news, jobId).events()).extracting(Event::seq).containsExactly(2L);
        assertThat(of(news, other).events()).isEmpty();
    }

    @Test
    void replacesAnImageOfAnEarlierAttempt() {
        Lease lease = begin();
        StoredFile former = file("former");
        progress.addImage(lease, image(former));
        StoredFile latter = file("latter");
        progress.addImage(lease, image(latter));

        assertThat(results.imagesOfJobs(List.of(jobId)).get(jobId))
                .singleElement()
                .satisfies(it -> assertThat(it.fileSha256()).isEqualTo(latter.sha256()))
                .satisfies(it -> assertThat(it.recipe()).isEqualTo(image(latter).recipe()));
        assertGone(former);
    }

    @Test
    void replacesAScoreOfAnEarlierAttempt() {
        Lease lease = begin();
        progress.addScores(lease, List.of(score(0.5)));
        progress.addScores(lease, List.of(score(0.7)));

        assertThat(results.scoresOf(List.of(jobId)).get(jobId))
                .singleElement()
                .satisfies(it -> assertThat(it.value()).isEqualTo(0.7));
    }

    @Test
    void keepsTheOverallScoreApartFromThatOfAPromptOfThisName() {
        Lease lease = begin();
        progress.addScores(lease, List.of(score(0.5, null), score(0.7, "overall")));
        progress.addScores(lease, List.of(score(0.6, null), score(0.8, "overall")));

        assertThat(results.scoresOf(List.of(jobId)).get(jobId))
                .extracting(Score::subset, Score::value)
                .containsExactly(tuple(null, 0.6), tuple("overall", 0.8));
    }

    /** Random letters cannot be compressed, so that they exceed the size of an index row. */
    @Test
    void keepsScoresOfPromptsThatNoIndexHolds() {
        StringBuilder prompt = new StringBuilder();
        new Random(1).ints(10_000, 'a', 'z' + 1).forEach(prompt::appendCodePoint);
        Lease lease = begin();
        progress.addScores(lease, List.of(score(0.5, prompt.toString()), score(0.6, prompt + "!")));
        progress.addScores(lease, List.of(score(0.7, prompt.toString()), score(0.8, prompt + "!")));

        assertThat(results.scoresOf(List.of(jobId)).get(jobId))
                .extracting(Score::subset, Score::value)
                .containsExactlyInAnyOrder(tuple(prompt.toString(), 0.7), tuple(prompt + "!", 0.8));
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> database.jobs().repeatScores());
    }

    @Test
    void keepsTheNewestResumableCheckpointAndEveryWeightsFile() {
        Lease lease = begin();
        StoredFile first = file("state at 10");
        progress.keepCheckpoint(lease, CheckpointKind.RESUME, 10, first);
        progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 10, file("weights at 10"));
        progress.keepCheckpoint(lease, CheckpointKind.RESUME, 20, file("state at 20"));
        progress.keepCheckpoint(lease, CheckpointKind.RESUME, 20, file("state at 20, again"));
        progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 20, file("weights at 20"));

        assertThat(progress.checkpoints(lease, CheckpointKind.RESUME))
                .singleElement()
                .satisfies(it -> assertThat(it.step()).isEqualTo(20))
                .satisfies(it -> assertThat(artifacts.local(it.fileSha256())).hasContent("state at 20, again"));
        assertThat(progress.checkpoints(lease, CheckpointKind.WEIGHTS))
                .extracting(KeptCheckpoint::step)
                .containsExactly(20, 10);
        assertGone(first);
    }

    @Test
    void dropsTheResumableStateOfAFinalJob() {
        Lease lease = begin();
        StoredFile state = file("state of a job that will fail");
        progress.keepCheckpoint(lease, CheckpointKind.RESUME, 10, state);

        progress.fail(lease, new Failure(ErrorCode.NAN_LOSS, "the loss is not a finite number at step 12"));

        assertGone(state);
    }

    @Test
    void dropsTheResumableStateOfAJobThatIsCanceledWhileItWaits() {
        Lease lease = begin();
        StoredFile state = file("state of a job that will be given back");
        progress.keepCheckpoint(lease, CheckpointKind.RESUME, 10, state);
        progress.giveBack(lease);

        jobs.cancel(jobId);

        assertGone(state);
        assertThat(of(history.after(Map.of(jobId, 0L)), jobId).events())
                .extracting(Event::type)
                .endsWith("completed");
    }

    @Test
    void addsUpTheSecondsOfAPhaseOverAttempts() {
        Lease lease = begin();
        progress.enterPhase(lease, Phase.TRAINING);
        progress.enterPhase(lease, Phase.SAMPLING);
        progress.giveBack(lease);
        assertThat(jobs.get(jobId).phaseSeconds()).containsOnlyKeys(Phase.TRAINING);

        Lease next = begin();
        progress.enterPhase(next, Phase.SAMPLING);
        progress.succeed(next, new Job.Outcome(4.5, null));

        assertThat(jobs.get(jobId).phaseSeconds()).containsOnlyKeys(Phase.TRAINING, Phase.SAMPLING);
    }

    @Test
    void queuesAJobAgainThatLostItsWorker() {
        begin();

        assertThat(progress.workerLost(jobId, false)).isTrue();
        assertThat(jobs.get(jobId).status()).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void failsAJobThatLostThreeWorkers() {
        for (int i = 0; i < 3; i++) {
            begin();
            progress.workerLost(jobId, false);
        }

        assertThat(progress.workerLost(jobId, false)).isFalse();
        assertThat(jobs.get(jobId).error())
                .extracting(Failure::code, Failure::retryable)
                .containsExactly(ErrorCode.WORKER_LOST, true);
        News news = of(history.after(Map.of(jobId, 3L)), jobId);
        assertThat(news.events()).extracting(Event::type).containsExactly("completed");
    }

    @Nested
    class OutOfMemory {

        @Test
        void queuesAJobOnceMoreWhoseWorkerWasKilledForMemory() {
            progress.enterPhase(begin(), Phase.TRAINING);

            assertThat(progress.workerLost(jobId, true)).isTrue();
            assertThat(jobs.get(jobId).status()).isEqualTo(TaskStatus.QUEUED);
            assertThat(jobs.get(jobId).lostWorkers()).isZero();
            assertThat(jobs.get(jobId).spec().training().gradientCheckpointing())
                    .isTrue();

            begin();
            assertThat(progress.workerLost(jobId, true)).isFalse();
            assertThat(jobs.get(jobId).error()).extracting(Failure::code).isEqualTo(ErrorCode.OUT_OF_MEMORY);
        }

        @Test
        void cancelsAJobThatShouldHaveStoppedAnyway() {
            begin();
            jobs.cancel(jobId);

            assertThat(progress.workerLost(jobId, true)).isFalse();
            assertThat(jobs.get(jobId).status()).isEqualTo(TaskStatus.CANCELED);
        }

        @Test
        void keepsTheStateThatASmallerPlanCanContinueFrom() {
            Lease lease = begin();
            progress.keepCheckpoint(lease, CheckpointKind.RESUME, 7, file("state"));
            progress.enterPhase(lease, Phase.TRAINING);

            assertThat(progress.outOfMemory(lease)).isTrue();
            assertThat(resumable()).hasSize(1);
        }

        @Test
        void dropsTheStateThatItCannotContinueFrom() {
            database.jobs().changeSpec(jobId, "jsonb_set(spec, '{training,gradient_checkpointing}', 'true')");
            Lease lease = begin();
            progress.keepCheckpoint(lease, CheckpointKind.RESUME, 7, file("state"));
            progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 5, file("weights"));
            progress.addImage(lease, TestWorker.image(ImageRole.EVALUATION, file("image of the checkpoint"), 0));
            progress.addImage(lease, image(file("a result")));
            progress.addScores(lease, List.of(TestWorker.score(ImageSet.CHECKPOINT, 0.4), score(0.6)));
            progress.enterPhase(lease, Phase.TRAINING);

            assertThat(progress.outOfMemory(lease)).isTrue();
            assertThat(Objects.requireNonNull(jobs.get(jobId).memory()).economies())
                    .isNotEmpty();
            assertThat(resumable()).isEmpty();
            assertThat(progress.checkpoints(begin(), CheckpointKind.WEIGHTS)).isEmpty();
            assertThat(results.imagesOfJob(jobId)).extracting(JobImage::role).containsExactly(ImageRole.RESULT);
            assertThat(results.scoresOf(List.of(jobId)).get(jobId))
                    .extracting(Score::images)
                    .containsExactly(ImageSet.RESULTS);
        }

        @Test
        void refusesToHearOfItFromAFormerWorker() {
            Lease former = begin();
            begin();

            assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> progress.outOfMemory(former));
        }

        private List<KeptCheckpoint> resumable() {
            return progress.checkpoints(begin(), CheckpointKind.RESUME);
        }
    }

    private Lease begin() {
        Lease lease = progress.lease(jobId).orElseThrow().lease();
        progress.start(lease);
        return lease;
    }

    private StoredFile file(String content) {
        return worker.file(content);
    }

    private void assertGone(StoredFile file) {
        await().untilAsserted(() -> assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> artifacts.local(file.sha256()))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(StorageException.Reason.MISSING)));
    }

    private static News of(Map<UUID, News> news, UUID id) {
        return Objects.requireNonNull(news.get(id));
    }

    private static NewImage image(StoredFile file) {
        return TestWorker.image(file, 0);
    }

    private static Score score(double value, @Nullable String subset) {
        Score score = score(value);
        return new Score(
                new Score.Selection(
                        score.selection().images(), score.selection().step(), subset),
                score.metric(),
                score.outcome(),
                score.encoder(),
                score.pairing(),
                null);
    }

    private static Score score(double value) {
        return TestWorker.score(value);
    }
}
