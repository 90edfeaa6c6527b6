package dev.likeness.app.web.problem;

import dev.likeness.app.queue.DatabaseOutage;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Temporary failures of the database or of an issuer of tokens. */
public final class Outages {

    private static final String RETRY_SECONDS = "5";

    private Outages() {}

    public static boolean isOne(Throwable failure) {
        if (DatabaseOutage.isBehind(failure)) {
            return true;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof AuthenticationServiceException) {
                return true;
            }
        }
        return false;
    }

    public static ResponseEntity<ProblemDetail> answer() {
        return ResponseEntity.status(ProblemType.UNAVAILABLE.status())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetails.of(ProblemType.UNAVAILABLE, ProblemTexts.detail("outage")));
    }
}
