package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.task.WrongStateException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTests {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final Failure FAILURE = new Failure(ErrorCode.NAN_LOSS, "the loss is not a finite number at step 12");

    final Job job = new Job(UUID.randomUUID(), new JobDraft("teapot", TestJobs.spec(), null), List.of(), NOW);

    @Test
    void waitsAtFirst() {
        assertThat(job.status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(job.id().version()).isEqualTo(7);
        assertThat(job.attempt()).isZero();
    }

    @Test
    void goesFromLeaseToSuccess() {
        int attempt = job.lease(NOW.plusSeconds(1));
        assertThat(job.status()).isEqualTo(TaskStatus.STARTING);
        job.start(attempt);
        assertThat(job.status()).isEqualTo(TaskStatus.PROCESSING);
        job.enter(attempt, Phase.TRAINING, NOW.plusSeconds(2));
        job.progress(attempt, 3, 10, 60);
        job.succeed(attempt, new Job.Outcome(3.5, 1024L), NOW.plusSeconds(12));

        assertThat(job.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(job.startedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(job.completedAt()).isEqualTo(NOW.plusSeconds(12));
        assertThat(job.phase()).isNull();
        assertThat(job.phaseSeconds()).isEqualTo(Map.of(Phase.TRAINING, 10.0));
        assertThat(job.etaSeconds()).isNull();
        assertThat(job.stepsPerSecond()).isEqualTo(3.5);
        assertThat(job.peakMemoryBytes()).isEqualTo(1024);
    }

    @Test
    void startsAPhaseFromZero() {
        int attempt = begin();
        job.progress(attempt, 10, 10, 30);

        job.enter(attempt, Phase.SAMPLING, NOW);

        assertThat(job.progressStep()).isZero();
        assertThat(job.etaSeconds()).isEqualTo(30);
    }

    @Test
    void belongsToTheLastLease() {
        int former = job.lease(NOW);
        int latter = job.lease(NOW);

        assertThat(latter).isGreaterThan(former);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> job.start(former))
                .satisfies(it -> assertThat(it.attempt()).isEqualTo(former));
    }

    @Test
    void refusesEveryWriteOfALostLease() {
        int lost = begin();
        job.giveBack(lost);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> job.start(lost));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> job.enter(lost, Phase.TRAINING, NOW));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> job.progress(lost, 1, 2, null));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> job.succeed(lost, new Job.Outcome(1.0, null), NOW));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> job.fail(lost, FAILURE, NOW));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> job.cancel(lost, NOW));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> job.giveBack(lost));
    }

    @Test
    void countsNoSecondsOfAPhaseWhoseWorkerWasLost() {
        int attempt = begin();
        job.enter(attempt, Phase.TRAINING, NOW);

        job.workerLost(NOW.plusSeconds(600));

        assertThat(job.phaseSeconds()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELED"})
    void refusesLeaseAndCancelOnceFinal(TaskStatus status) {
        finish(status);

        assertThatExceptionOfType(WrongStateException.class)
                .isThrownBy(() -> job.lease(NOW))
                .satisfies(it -> assertThat(it.status()).isEqualTo(status));
        assertThatExceptionOfType(WrongStateException.class)
                .isThrownBy(() -> job.requestCancel(NOW))
                .withMessage("%s has the status %s and cannot be canceled", job.id(), status.wire());
    }

    @Test
    void cancelsAtOnceWhileItWaits() {
        job.requestCancel(NOW);

        assertThat(job.status()).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void asksItsWorkerToCancel() {
        int attempt = begin();

        job.requestCancel(NOW);

        assertThat(job.status()).isEqualTo(TaskStatus.PROCESSING);
        assertThat(job.isCancelRequested()).isTrue();
        job.cancel(attempt, NOW);
        assertThat(job.status()).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void waitsAgainAfterItsFirstTwoLostWorkersAndFailsAfterTheThird() {
        for (int i = 0; i < 2; i++) {
            begin();
            job.workerLost(NOW);
            assertThat(job.status()).isEqualTo(TaskStatus.QUEUED);
        }
        begin();
        job.workerLost(NOW);

        assertThat(job.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(job.error())
                .isEqualTo(new Failure(
                        ErrorCode.WORKER_LOST, "3 workers ended unexpectedly while they ran this task", true));
    }

    @Test
    void isCanceledWhenTheWorkerThatShouldStopIsLost() {
        begin();
        job.requestCancel(NOW);

        job.workerLost(NOW);

        assertThat(job.status()).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void losesNoWorkerWhenNoWorkerHasIt() {
        job.workerLost(NOW);

        assertThat(job.lostWorkers()).isZero();
    }

    private int begin() {
        int attempt = job.lease(NOW);
        job.start(attempt);
        return attempt;
    }

    private void finish(TaskStatus status) {
        int attempt = begin();
        switch (status) {
            case SUCCEEDED -> job.succeed(attempt, new Job.Outcome(1.0, null), NOW);
            case FAILED -> job.fail(attempt, FAILURE, NOW);
            default -> job.cancel(attempt, NOW);
        }
    }
}
