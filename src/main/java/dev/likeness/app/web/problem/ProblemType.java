package dev.likeness.app.web.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What can go wrong with a request. Names are part of the interface and never change. */
public enum ProblemType {
    UNREADABLE_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "The call needs a key that holds"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The key does not allow it"),
    INVALID_LINK(HttpStatus.FORBIDDEN, "The link does not hold, or no longer"),
    FOREIGN_PAGE(HttpStatus.FORBIDDEN, "Pages of other sites may not call"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not supported here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No accepted media type can be produced"),
    SLOW_REQUEST(HttpStatus.REQUEST_TIMEOUT, "The body came too slowly"),
    IDEMPOTENCY_KEY_IN_USE(HttpStatus.CONFLICT, "The first request with this key is still being answered"),
    WRONG_STATE(HttpStatus.CONFLICT, "The present state does not allow it"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The upload is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The request's media type is not supported"),
    UNSUPPORTED_FORMAT(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "A file's format is not supported"),
    INVALID_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "The request is not valid"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The key came with another request before"),
    PLAN_DOES_NOT_FIT(HttpStatus.UNPROCESSABLE_CONTENT, "The job takes more memory than there is"),
    UNUSABLE_PICTURES(HttpStatus.UNPROCESSABLE_CONTENT, "The pictures cannot be used"),
    UNUSABLE_ADAPTER(HttpStatus.UNPROCESSABLE_CONTENT, "The adapter cannot be used"),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "There were too many calls"),
    QUOTA_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS, "There are too many unfinished jobs"),
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST, "The request was refused"),
    STORAGE(HttpStatus.SERVICE_UNAVAILABLE, "Files cannot be kept or read at the moment"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service cannot answer at the moment"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As it stands in the problem's {@code code}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it stands in the problem's {@code type}. */
    public URI uri() {
        return URI.create("urn:likeness:problem:" + code().replace('_', '-'));
    }
}
