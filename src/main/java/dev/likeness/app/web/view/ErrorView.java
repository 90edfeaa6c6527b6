package dev.likeness.app.web.view;

import dev.likeness.app.task.Failure;
import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Failure")
public record ErrorView(
        @Schema(
                allowableValues = {
                    "out_of_memory",
                    "plan_does_not_fit",
                    "invalid_model",
                    "model_unavailable",
                    "nan_loss",
                    "worker_lost",
                    "timed_out",
                    "storage",
                    "internal"
                })
        String code,

        String message,

        boolean retryable) {

    public static ErrorView of(Failure failure) {
        return new ErrorView(failure.code().wire(), failure.message(), failure.retryable());
    }
}
