package dev.likeness.app.worker.job;

import static dev.likeness.app.worker.FakeEngine.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.job.JobContinuation;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.TrainingState;
import dev.likeness.app.job.TrainingStateGoneException;
import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workers keep the state at the end of training, and continue from it in another job. */
@FakeWorkerTest
class ContinuedJobTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    Jobs jobs;

    @Autowired
    JobContinuation continuation;

    @Autowired
    FakeEngine engine;

    @Autowired
    JdbcClient jdbc;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void trainsTheFurtherStepsFromTheState() {
        UUID first = trained(5);

        JobWatch second = new JobWatch(jdbc, continuation.submit(first, 3).id());
        second.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.lastTraining().resumedFrom()).isEqualTo("state after step 5");
        assertThat(engine.lastTraining().request().settings().steps()).isEqualTo(8);
        assertThat(state(second.id()).step()).isEqualTo(8);
        assertThat(second.stepsOfWeights()).containsExactly(8);
    }

    @Test
    void continuesAJobThatHasContinuedOne() {
        UUID first = trained(5);
        JobWatch second = new JobWatch(jdbc, continuation.submit(first, 3).id());
        second.awaitStatus(TaskStatus.SUCCEEDED);

        JobWatch third = new JobWatch(jdbc, continuation.submit(second.id(), 2).id());
        third.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.lastTraining().resumedFrom()).isEqualTo("state after step 8");
        assertThat(jobs.get(third.id()).continuedStep()).isEqualTo(8);
        assertThat(jobs.get(third.id()).spec().training().steps()).isEqualTo(10);
    }

    @Test
    void keepsTheStateOfAJobThatFailsAfterTraining() {
        engine.onTraining(run(() -> engine.onImage(5, FakeEngine.fail("no more"))));
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.FAILED);

        assertThat(state(watch.id()).status()).isEqualTo(TrainingState.Status.KEPT);
        assertThat(continuation.submit(watch.id(), 1).continuedStep()).isEqualTo(5);
    }

    @Test
    void keepsNoStateThatIsTooLarge() {
        engine.hasStateOf(17L << 30);
        UUID first = trained(5);

        assertThat(state(first)).isEqualTo(new TrainingState(5, 17L << 30, TrainingState.Status.TOO_LARGE, null));
        assertThatExceptionOfType(TrainingStateGoneException.class)
                .isThrownBy(() -> continuation.submit(first, 1))
                .withMessageContaining("likeness.training-state.max-size")
                .satisfies(it -> assertThat(it.kind()).isEqualTo(RefusalKind.WRONG_STATE));
    }

    private UUID trained(int steps) {
        JobWatch watch = bench.submit(steps);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        return watch.id();
    }

    private TrainingState state(UUID id) {
        return Objects.requireNonNull(jobs.get(id).trainingState());
    }
}
