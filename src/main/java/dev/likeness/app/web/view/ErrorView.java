package dev.likeness.app.web.view;

import dev.likeness.app.job.Failure;
import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Failure", description = "Why it failed.")
public record ErrorView(
        @Schema(
                description = "For programs.",
                example = "nan_loss",
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

        @Schema(
                description = "For people.",
                example = "the loss was no longer a number at step 12; first not finite: the output of unet.conv_in")
        String message,

        @Schema(description = "Whether the same request may well succeed another time.", example = "false")
        boolean retryable) {

    public static ErrorView of(Failure failure) {
        return new ErrorView(failure.code().wire(), failure.message(), failure.retryable());
    }
}
