package dev.likeness.app.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * Why a task failed.
 *
 * @param code for programs
 * @param message readable text, without paths, class names and SQL
 * @param retryable whether the same request may succeed another time
 */
@Embeddable
public record Failure(
        @Column(name = "error_code") @Enumerated(EnumType.STRING)
        ErrorCode code,

        @Column(name = "error_message") String message,
        @Column(name = "error_retryable") boolean retryable) {

    public Failure(ErrorCode code, String message) {
        this(code, message, code.isRetryable());
    }
}
