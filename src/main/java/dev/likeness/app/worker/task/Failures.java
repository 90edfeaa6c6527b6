package dev.likeness.app.worker.task;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.hub.HubException;
import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.model.NoCaptionerException;
import dev.likeness.app.model.UnusableModelException;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.diffusion.adapter.UnusableAdapterException;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.training.NanLossException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Determines the code and sentence of a failure for clients. The exception's own message stays in the log. */
final class Failures {

    /**
     * Messages of libtorch, on the CPU and on CUDA, and of its libraries. oneDNN fails to create a primitive if it
     * gets no memory. It refuses what it does not support earlier, as a primitive descriptor.
     */
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "out of memory|not enough memory|can('t|not) allocate memory|bad_alloc"
                    + "|could not create a primitive(?! descriptor)",
            Pattern.CASE_INSENSITIVE);

    private Failures() {}

    static Failure of(Throwable failure, String model) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Failure known = known(cause, model);
            if (known != null) {
                return known;
            }
        }
        return new Failure(ErrorCode.INTERNAL, "internal error; the worker's log has the details");
    }

    private static @Nullable Failure known(Throwable cause, String model) {
        if (cause instanceof StorageException) {
            return new Failure(ErrorCode.STORAGE, "a file could not be written to the artifact store, or read from it");
        }
        if (cause instanceof NanLossException nan) {
            return new Failure(ErrorCode.NAN_LOSS, NanLossWords.of(nan.known()));
        }
        if (cause instanceof HubException hub) {
            return new Failure(ErrorCode.MODEL_UNAVAILABLE, hub.reason());
        }
        if (cause instanceof NoCaptionerException none) {
            return new Failure(ErrorCode.INVALID_MODEL, none.reason());
        }
        if (cause instanceof ExplainedException explained) {
            return explained.failure(model);
        }
        if (cause instanceof UnusableAdapterException) {
            return new Failure(
                    ErrorCode.INVALID_MODEL,
                    "an adapter does not fit the base model %s, whose files have changed since it was uploaded"
                            .formatted(model));
        }
        if (cause instanceof PlanDoesNotFitException plan) {
            return new Failure(ErrorCode.PLAN_DOES_NOT_FIT, plan.shortage().message());
        }
        if (cause instanceof UnusableModelException unusable) {
            return new Failure(
                    ErrorCode.INVALID_MODEL,
                    "the base model %s cannot be used: %s".formatted(model, unusable.reason()));
        }
        if (cause instanceof InvalidModelException) {
            return new Failure(
                    ErrorCode.INVALID_MODEL,
                    "the base model %s is incomplete, damaged or not supported".formatted(model));
        }
        String message = cause.getMessage();
        if (cause instanceof OutOfMemoryError
                || message != null && OUT_OF_MEMORY.matcher(message).find()) {
            return new Failure(
                    ErrorCode.OUT_OF_MEMORY,
                    "the worker ran out of memory; a smaller batch, a smaller resolution or gradient"
                            + " checkpointing may help");
        }
        return null;
    }
}
