package dev.likeness.app.worker.job;

import static dev.likeness.app.worker.FakeEngine.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.Checkpoints;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobArtifacts;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Which checkpoint becomes the result, and another one chosen later. */
@FakeWorkerTest
class CheckpointScoringTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    Jobs jobs;

    @Autowired
    Checkpoints checkpoints;

    @Autowired
    JobResults results;

    @Autowired
    JobArtifacts artifacts;

    @Autowired
    FakeEngine engine;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void takesTheWeightsOfTheBestCheckpoint() {
        // The pictures are dark: images become similar until step 6, and then less similar.
        engine.learns(step -> 20 + 10 * Math.abs(step - 6));
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        ChosenCheckpoint chosen = Objects.requireNonNull(jobs.get(watch.id()).chosen());
        assertThat(chosen.step()).isEqualTo(6);
        assertThat(chosen.by()).isEqualTo(ChosenCheckpoint.By.SCORE);
        assertThat(watch.steps("result")).containsExactly(6);
        assertThat(watch.steps("evaluation")).containsExactly(0, 3, 6, 9, 12);
        assertThat(checkpoints.of(watch.id())).extracting(KeptCheckpoint::step).containsExactly(3, 6, 9, 12);
        assertThat(engine.stepInUse()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"20, 40, EMA", "40, 20, RAW"})
    void takesTheBetterOfRawWeightsAndTheirAverageAndKeepsBoth(int ofAverage, int ofRaw, WeightsKind better) {
        // The pictures are dark: images become similar until step 8, and then less similar.
        engine.learns(step -> (step < FakeEngine.RAW ? ofAverage : ofRaw) + 10 * Math.abs(step % FakeEngine.RAW - 8));
        JobWatch watch = bench.submitAveraging(12, 3);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        ChosenCheckpoint chosen = Objects.requireNonNull(jobs.get(watch.id()).chosen());
        assertThat(chosen.step()).isEqualTo(8);
        assertThat(chosen.weights()).isEqualTo(better);
        assertThat(chosen.reason())
                .contains(
                        better == WeightsKind.EMA
                                ? "; averaged weights (EMA): the raw ones have a clip_i of "
                                : "; raw weights: the averaged ones (EMA) have a clip_i of ");
        assertThat(watch.steps("evaluation")).containsExactly(0, 4, 8, 12);
        assertThat(watch.steps("raw_evaluation")).containsExactly(4, 8, 12);
        assertThat(watch.steps("raw_class")).containsExactly(4, 8, 12);
        assertThat(watch.scores()).contains("checkpoint clip_i overall @ 12", "raw_checkpoint clip_i overall @ 12");
        assertThat(artifacts.ofJob(watch.id()))
                .filteredOn(it -> it.kind() == ArtifactKind.LORA)
                .extracting(it -> it.file().name())
                .containsExactlyInAnyOrder(
                        "pytorch_lora_weights.safetensors",
                        better == WeightsKind.EMA
                                ? "pytorch_lora_weights_raw.safetensors"
                                : "pytorch_lora_weights_ema.safetensors");
        // The files of the others are written last.
        assertThat(engine.stepInUse()).isEqualTo(better == WeightsKind.EMA ? FakeEngine.RAW + 8 : 8);
    }

    @Test
    void generatesTheImagesOfTheSubjectAndOfTheClassInOneBatch() {
        bench.submitScoring(12, 2, 0).awaitStatus(TaskStatus.SUCCEEDED);

        // Steps 0, 6 and 12 with two images of the subject and two of the class, then four results.
        assertThat(engine.batches()).endsWith(4, 4, 4, 4);
    }

    @Test
    void endsTrainingWithoutFurtherImprovement() {
        engine.learns(step -> 20 + 10 * Math.abs(step - 3));
        JobWatch watch = bench.submitScoring(18, 6, 2);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.steps("evaluation")).containsExactly(0, 3, 6, 9);
        assertThat(watch.losses()).doesNotContainKey(10);
        assertThat(watch.steps("result")).containsExactly(3);
    }

    @Test
    void givesAJobOtherWeightsWithoutTrainingAgain() {
        engine.learns(step -> 20 + 10 * Math.abs(step - 6));
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        int trained = watch.losses().size();

        checkpoints.choose(watch.id(), 9);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.steps("result")).containsExactly(6, 9);
        assertThat(watch.steps("contact_sheet")).containsExactly(6, 9);
        assertThat(watch.losses()).hasSize(trained);
        assertThat(jobs.get(watch.id()).stepsPerSecond()).isEqualTo(10);
        assertThat(watch.scores()).contains("results clip_i overall @ 6", "results clip_i overall @ 9");
        assertThat(engine.stepInUse()).isEqualTo(9);
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> checkpoints.choose(watch.id(), 7))
                .satisfies(e -> assertThat(e.violations())
                        .singleElement()
                        .satisfies(it -> assertThat(it.message())
                                .isEqualTo(
                                        "there is no checkpoint of step 7; the job has those of steps 3, 6, 9, 12")));
    }

    @Test
    void returnsToItsWeightsWhereOthersCannotBeUsed() {
        engine.learns(step -> 20 + 10 * Math.abs(step - 6));
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        engine.onImage(1, fail("no more paint"));

        checkpoints.choose(watch.id(), 9);
        await().until(() -> watch.attempt() == 2);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        Job job = jobs.get(watch.id());
        assertThat(Objects.requireNonNull(job.chosen()).step()).isEqualTo(6);
        assertThat(job.error()).isNull();
        assertThat(watch.logs())
                .last()
                .asString()
                .startsWith("the result is unchanged, the weights of step 6, because");
        assertThat(watch.steps("result")).containsExactly(6);
    }

    @Test
    void keepsTheFilesOfEveryResult() {
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        int step = Objects.requireNonNull(jobs.get(watch.id()).chosen()).step();
        int other = step == 3 ? 6 : 3;

        checkpoints.choose(watch.id(), other);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.stepsOfArtifacts("lora")).containsExactlyInAnyOrder(step, other);
    }

    @Test
    void finishesAJobThatFailedFromItsLastCheckpoint() {
        engine.onImage(4 + 4 + 4 + 1, fail("no more paint"));
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.FAILED);
        assertThat(checkpoints.of(watch.id())).extracting(KeptCheckpoint::step).containsExactly(3, 6);

        checkpoints.choose(watch.id(), 3);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.steps("result")).containsExactly(3);
    }
}
