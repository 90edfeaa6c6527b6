package dev.likeness.app.worker.task;

import dev.likeness.app.memory.FitsOnAnotherWorkerException;
import dev.likeness.app.queue.DatabaseOutage;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.LeaseProgress;
import dev.likeness.diffusion.tensor.StoppedException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that this worker has leased. It handles every end of the task but success: cancellation, shutdown, failure and
 * a lost lease.
 */
public record LeasedWork(Lease lease, LeaseProgress progress, DurableWriter durable) {

    private static final Logger log = LoggerFactory.getLogger(LeasedWork.class);

    public TaskControl control(BooleanSupplier leaving) {
        return new TaskControl(leaving, () -> durable.read(() -> progress.signal(lease)));
    }

    /** As the other {@code run}, with a base model that is known from the start. */
    public Outcome run(String model, Runnable release, TaskControl control, Runnable work) {
        return run(() -> model, release, control, work);
    }

    /**
     * Does the work and returns the outcome of the task.
     *
     * @param model the base model in use when the work failed
     * @param release closes the model after a failure, because the failure may have left it in a bad state
     */
    public Outcome run(Supplier<String> model, Runnable release, TaskControl control, Runnable work) {
        try {
            work.run();
            return Outcome.DONE;
        } catch (LeaseLostException e) {
            return notOurs();
        } catch (StoppedException e) {
            return stopped(control);
        } catch (FitsOnAnotherWorkerException e) {
            return passedOn(e);
        } catch (RuntimeException | Error e) {
            if (DatabaseOutage.isBehind(e)) {
                throw e;
            }
            return failed(model.get(), release, e);
        }
    }

    private Outcome stopped(TaskControl control) {
        TaskControl.Verdict why = control.ask();
        log.info("{} has stopped: {}", lease.taskId(), why);
        try {
            return switch (why) {
                case CANCEL -> {
                    durable.write(() -> progress.canceled(lease));
                    yield Outcome.DONE;
                }
                case LEAVE -> {
                    durable.write(() -> progress.giveBack(lease));
                    yield Outcome.GIVEN_BACK;
                }
                case ABANDON -> Outcome.NOT_OURS;
                case GO_ON -> throw new IllegalStateException(lease.taskId() + " stopped without a request");
            };
        } catch (LeaseLostException e) {
            return notOurs();
        }
    }

    private Outcome passedOn(FitsOnAnotherWorkerException why) {
        log.info("{}", why.getMessage());
        try {
            durable.write(() -> progress.giveBack(lease));
            return Outcome.PASSED_ON;
        } catch (LeaseLostException e) {
            return notOurs();
        }
    }

    private Outcome failed(String model, Runnable release, Throwable cause) {
        Failure failure = Failures.of(cause, model);
        log.error("{} has failed: {}", lease.taskId(), failure.code(), cause);
        release(release);
        try {
            if (failure.code() == ErrorCode.OUT_OF_MEMORY) {
                return durable.read(() -> progress.outOfMemory(lease)) ? Outcome.GIVEN_BACK : Outcome.FAILED;
            }
            durable.write(() -> progress.fail(lease, failure));
            return Outcome.FAILED;
        } catch (LeaseLostException e) {
            return notOurs();
        }
    }

    /** The failure is stored even if the model cannot be closed, as after an error that leaves a GPU unusable. */
    private void release(Runnable release) {
        try {
            release.run();
        } catch (RuntimeException e) {
            log.warn("{} could not release its model", lease.taskId(), e);
        }
    }

    private Outcome notOurs() {
        log.info("the lease of {} is lost", lease.taskId());
        return Outcome.NOT_OURS;
    }
}
