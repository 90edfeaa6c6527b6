package dev.likeness.app.web.problem;

import dev.likeness.app.refusal.RefusalKind;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Kinds of problems. Their names are part of the API and never change. */
public enum ProblemType {
    UNREADABLE_REQUEST(HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
    FORBIDDEN(HttpStatus.FORBIDDEN),
    INVALID_LINK(HttpStatus.FORBIDDEN),
    FOREIGN_PAGE(HttpStatus.FORBIDDEN),
    NOT_FOUND(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    SLOW_REQUEST(HttpStatus.REQUEST_TIMEOUT),
    IDEMPOTENCY_KEY_IN_USE(HttpStatus.CONFLICT),
    WRONG_STATE(HttpStatus.CONFLICT),
    GONE(HttpStatus.GONE),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    UNSUPPORTED_FORMAT(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    INVALID_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    PLAN_DOES_NOT_FIT(HttpStatus.UNPROCESSABLE_CONTENT),
    UNUSABLE_PICTURES(HttpStatus.UNPROCESSABLE_CONTENT),
    UNUSABLE_ADAPTER(HttpStatus.UNPROCESSABLE_CONTENT),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS),
    QUOTA_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS),
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST),
    STORAGE(HttpStatus.SERVICE_UNAVAILABLE),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR);

    private final HttpStatus status;

    ProblemType(HttpStatus status) {
        this.status = status;
    }

    static ProblemType of(RefusalKind kind) {
        return valueOf(kind.name());
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return ProblemTexts.title(code());
    }

    /** The problem's {@code code}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The problem's {@code type}. */
    public URI uri() {
        return URI.create("urn:likeness:problem:" + code().replace('_', '-'));
    }
}
