package dev.likeness.app.web.view;

import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "Failure")
public record ErrorView(ErrorCode code, String message, boolean retryable) {

    public static ErrorView of(Failure failure) {
        return new ErrorView(failure.code(), failure.message(), failure.retryable());
    }
}
