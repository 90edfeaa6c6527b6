package dev.likeness.app.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * Why a job or a generation failed.
 *
 * @param code what a program decides by
 * @param message what a person reads; holds no path, class name or SQL
 * @param retryable whether the same request may well succeed another time
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
