package dev.likeness.app.worker;

import dev.likeness.app.job.Failure;
import dev.likeness.app.job.LeaseLostException;
import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.diffusion.tensor.StoppedException;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a task may end other than well, for jobs and generations alike.
 *
 * @param canceled says that it has stopped as it was asked to
 * @param givenBack says that somebody else shall go on
 * @param failed says why it cannot be done
 */
record TaskEnd(Runnable canceled, Runnable givenBack, Consumer<Failure> failed) {

    private static final Logger log = LoggerFactory.getLogger(TaskEnd.class);

    /** Does the work and says what became of the task. */
    Outcome of(UUID id, String model, WarmPipeline warm, TaskControl control, Runnable work) {
        try {
            work.run();
            return Outcome.DONE;
        } catch (LeaseLostException e) {
            return notOurs(id);
        } catch (StoppedException e) {
            return stopped(id, control);
        } catch (RuntimeException | Error e) {
            if (DatabasePatience.isOutage(e)) {
                throw e;
            }
            return failed(id, model, warm, e);
        }
    }

    private Outcome stopped(UUID id, TaskControl control) {
        TaskControl.Verdict why = control.ask();
        log.info("{} has stopped: {}", id, why);
        try {
            return switch (why) {
                case CANCEL -> {
                    canceled.run();
                    yield Outcome.DONE;
                }
                case LEAVE -> {
                    givenBack.run();
                    yield Outcome.GIVEN_BACK;
                }
                case ABANDON -> Outcome.NOT_OURS;
                case GO_ON -> throw new IllegalStateException(id + " stopped though nobody asked for it");
            };
        } catch (LeaseLostException e) {
            return notOurs(id);
        }
    }

    private Outcome failed(UUID id, String model, WarmPipeline warm, Throwable cause) {
        Failure failure = Failures.of(cause, model);
        log.error("{} has failed: {}", id, failure.code(), cause);
        warm.close();
        try {
            failed.accept(failure);
            return Outcome.DONE;
        } catch (LeaseLostException e) {
            return notOurs(id);
        }
    }

    private static Outcome notOurs(UUID id) {
        log.info("{} is somebody else's now", id);
        return Outcome.NOT_OURS;
    }
}
