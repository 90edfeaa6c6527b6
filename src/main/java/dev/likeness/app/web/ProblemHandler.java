package dev.likeness.app.web;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.web.problem.FieldProblem;
import dev.likeness.app.web.problem.Outages;
import dev.likeness.app.web.problem.ProblemDetails;
import dev.likeness.app.web.problem.ProblemTexts;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.UnreadablePartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Turns exceptions into problems. A {@link Refusal} brings its own text. An unknown exception becomes a problem without any
 * detail, because its message may contain internals.
 */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ProblemDetail handle(UnreadablePartException e) {
        return ProblemDetails.of(ProblemType.UNREADABLE_REQUEST, ProblemTexts.detail("part", Map.of("part", e.part())));
    }

    @ExceptionHandler
    ProblemDetail handle(MultipartException e) {
        return ProblemDetails.of(ProblemType.UNREADABLE_REQUEST, ProblemTexts.detail("form"));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> handle(Exception e) {
        if (isGone(e)) {
            return null;
        }
        if (e instanceof Refusal refusal) {
            return refused(refusal, e);
        }
        if (Outages.isOne(e)) {
            log.warn("the database or the token issuer does not respond", e);
            return Outages.answer();
        }
        log.error("unexpected failure", e);
        return ResponseEntity.status(ProblemType.INTERNAL.status())
                .body(ProblemDetails.of(ProblemType.INTERNAL, ProblemTexts.detail("internal")));
    }

    private static ResponseEntity<ProblemDetail> refused(Refusal refusal, Exception e) {
        ProblemDetail problem = ProblemDetails.of(refusal);
        if (HttpStatus.valueOf(problem.getStatus()).is5xxServerError()) {
            log.error("request failed", e);
        }
        ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            // Rounded up: a client that waits this long succeeds.
            response.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(retryAfter.plusMillis(999).toSeconds()));
        }
        return response.body(problem);
    }

    /** The client has closed the connection. */
    private static boolean isGone(Exception e) {
        return DisconnectedClientHelper.isClientDisconnectedException(e);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e instanceof MethodArgumentTypeMismatchException mismatch
                && !mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
            List<FieldProblem> errors = List.of(new FieldProblem(
                    List.of(mismatch.getName()), "has a value of the wrong type", "type_error", Map.of()));
            return respond(e, ProblemDetails.invalid(ProblemType.INVALID_REQUEST, errors), headers, request);
        }
        // A malformed id belongs to no resource.
        return respond(e, ProblemDetails.of(ProblemType.NOT_FOUND, ProblemTexts.detail("id")), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(
                e, ProblemDetails.of(ProblemType.UNREADABLE_REQUEST, ProblemTexts.detail("body")), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(
                e, ProblemDetails.of(ProblemType.TOO_LARGE, ProblemTexts.detail("upload_size")), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(e, ProblemDetails.of(ProblemType.NOT_FOUND, ProblemTexts.detail("path")), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Set<HttpMethod> supported = e.getSupportedHttpMethods() == null ? Set.of() : e.getSupportedHttpMethods();
        String detail =
                supported(supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
        return respond(e, ProblemDetails.of(ProblemType.METHOD_NOT_ALLOWED, detail), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = supported(names(e.getSupportedMediaTypes()));
        return respond(e, ProblemDetails.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = ProblemTexts.detail("available", Map.of("values", names(e.getSupportedMediaTypes())));
        return respond(e, ProblemDetails.of(ProblemType.NOT_ACCEPTABLE, detail), headers, request);
    }

    /** All other exceptions of Spring. Their messages may contain class names, so they are not passed on. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && problem.getProperties() != null) {
            return super.handleExceptionInternal(e, problem, headers, status, request);
        }
        if (isGone(e)) {
            return null;
        }
        ProblemType type = status.is5xxServerError() ? ProblemType.INTERNAL : ProblemType.REQUEST_REFUSED;
        if (status.is5xxServerError()) {
            log.error("unexpected failure", e);
        }
        ProblemDetail problem = ProblemDetails.of(type, status, type.title() + ".", List.of());
        return super.handleExceptionInternal(e, problem, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> respond(
            Exception e, ProblemDetail problem, HttpHeaders headers, WebRequest request) {
        return handleExceptionInternal(e, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    private static String supported(String values) {
        return ProblemTexts.detail("supported", Map.of("values", values));
    }

    private static String names(List<MediaType> types) {
        return types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(", "));
    }
}
