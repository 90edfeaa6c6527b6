package dev.likeness.app.job;

import dev.likeness.diffusion.wire.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state at the end of a job's training: weights, optimizer and step. Another job can continue from it while it is kept.
 *
 * @param step that training ended with
 * @param size of its tensors, in bytes
 * @param status whether it is kept
 * @param keptUntil when it is deleted at the latest; null while the job runs, and if it is not kept
 */
public record TrainingState(
        int step, long size, Status status, @Nullable Instant keptUntil) {

    /** Whether a state is kept. */
    public enum Status implements Wire {
        KEPT,
        /** Its time is over. */
        EXPIRED,
        /** Newer states of its owner needed its space. */
        OVER_QUOTA,
        /** It was larger than allowed. */
        TOO_LARGE,
        /** The operator keeps no states, or it could not be stored. */
        NOT_STORED
    }

    static TrainingState kept(int step, long size) {
        return new TrainingState(step, size, Status.KEPT, null);
    }

    static TrainingState without(Status reason, int step, long size) {
        return new TrainingState(step, size, reason, null);
    }

    /** The same until a time, unless it is not kept or has a time already. */
    TrainingState until(Instant time) {
        return status == Status.KEPT && keptUntil == null ? new TrainingState(step, size, status, time) : this;
    }

    /** The same after it was deleted. */
    TrainingState deleted(Status reason) {
        return new TrainingState(step, size, reason, keptUntil);
    }
}
