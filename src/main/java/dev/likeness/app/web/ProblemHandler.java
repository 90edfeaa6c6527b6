package dev.likeness.app.web;

import dev.likeness.app.adapter.AdapterInUseException;
import dev.likeness.app.adapter.RefusedAdapterException;
import dev.likeness.app.adapter.UnknownAdapterException;
import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.evaluation.EvaluatedJobException;
import dev.likeness.app.generation.MergedJobException;
import dev.likeness.app.job.BaseJobException;
import dev.likeness.app.job.SubjectInUseException;
import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.memory.PlanDoesNotFitException.Refusal;
import dev.likeness.app.model.UnknownModelException;
import dev.likeness.app.model.UnusableModelException;
import dev.likeness.app.security.UnknownKeyException;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.subject.PictureProblem;
import dev.likeness.app.subject.PictureProblem.Kind;
import dev.likeness.app.subject.TooManyPixelsException;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.subject.UnusablePicturesException;
import dev.likeness.app.task.QuotaExceededException;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.WrongStateException;
import dev.likeness.app.web.problem.FieldProblem;
import dev.likeness.app.web.problem.Outages;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import dev.likeness.app.web.problem.TriedPlan;
import dev.likeness.app.web.problem.UnreadablePartException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.StringUtils;
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

/** Turns exceptions into problems. What it does not know becomes a problem that tells nothing but that there is one. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

    /** A file for another model has hundreds of tensors that do not fit; the first ones tell. */
    private static final int NAMED_KEYS = 8;

    /** Nobody knows when a job will be finished; clients that only look at the header do not come too often. */
    private static final String QUOTA_RETRY_SECONDS = "60";

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ProblemDetail handle(UnknownIdException e) {
        String kind = e.kind() == UnknownIdException.Kind.REPORT
                ? "report of job"
                : e.kind().name().toLowerCase(Locale.ROOT);
        String none = e.kind() == UnknownIdException.Kind.CAPTIONS ? "There are no" : "There is no";
        return Problems.of(ProblemType.NOT_FOUND, "%s %s %s.".formatted(none, kind, e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(UnknownSubjectException e) {
        return Problems.of(ProblemType.NOT_FOUND, "There is no subject %s.".formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(UnknownModelException e) {
        return Problems.of(ProblemType.NOT_FOUND, StringUtils.capitalize(e.reason()) + ".");
    }

    /** The files of a model have changed since the service looked at them. */
    @ExceptionHandler
    ProblemDetail handle(UnusableModelException e) {
        return Problems.of(ProblemType.INVALID_REQUEST, "The %s.".formatted(e.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail handle(UnknownAdapterException e) {
        return Problems.of(ProblemType.NOT_FOUND, "There is no adapter %s.".formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(AdapterInUseException e) {
        return Problems.of(
                ProblemType.WRONG_STATE,
                "A generation or a job that is not finished uses %s; wait for it, or cancel it.".formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(MergedJobException e) {
        return Problems.of(
                ProblemType.WRONG_STATE,
                "A generation of another job that is not finished draws with %s; wait for it, or cancel it."
                        .formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(EvaluatedJobException e) {
        return Problems.of(
                ProblemType.WRONG_STATE,
                "An evaluation that is not finished draws with %s; wait for it, or cancel it.".formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(RefusedAdapterException e) {
        ProblemType type = switch (e.reason()) {
            case FIELD -> ProblemType.INVALID_REQUEST;
            case TOO_LARGE -> ProblemType.TOO_LARGE;
            case FORMAT -> ProblemType.UNSUPPORTED_FORMAT;
            case CONTENTS -> ProblemType.UNUSABLE_ADAPTER;
        };
        List<FieldProblem> errors = e.problems().stream()
                .map(it -> new FieldProblem(List.of(it.field()), it.message(), it.type(), it.context()))
                .toList();
        return Problems.of(
                type, summary(errors), errors.stream().limit(NAMED_KEYS).toList());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(QuotaExceededException e) {
        return ResponseEntity.status(ProblemType.QUOTA_EXCEEDED.status())
                .header(HttpHeaders.RETRY_AFTER, QUOTA_RETRY_SECONDS)
                .body(Problems.of(
                        ProblemType.QUOTA_EXCEEDED,
                        "%d jobs are not finished, which is as many as there may be; wait for one of them, or cancel it."
                                .formatted(e.limit())));
    }

    @ExceptionHandler
    ProblemDetail handle(UnknownKeyException e) {
        return Problems.of(ProblemType.NOT_FOUND, "There is no API key %s.".formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(BaseJobException e) {
        return Problems.of(
                ProblemType.WRONG_STATE, "Other jobs are trained on top of %s; delete those first.".formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(SubjectInUseException e) {
        return Problems.of(ProblemType.WRONG_STATE, "Jobs have subject %s; delete those first.".formatted(e.id()));
    }

    @ExceptionHandler
    ProblemDetail handle(WrongStateException e) {
        return Problems.of(
                ProblemType.WRONG_STATE,
                "%s is %s and cannot be %s.".formatted(e.id(), e.status().wire(), e.refused()));
    }

    @ExceptionHandler
    ProblemDetail handle(InvalidSpecException e) {
        List<FieldProblem> errors =
                e.violations().stream().map(FieldProblem::of).toList();
        return Problems.of(ProblemType.INVALID_REQUEST, summary(errors), errors);
    }

    @ExceptionHandler
    ProblemDetail handle(PlanDoesNotFitException e) {
        Refusal refusal = e.refusal();
        ProblemDetail problem = Problems.of(ProblemType.PLAN_DOES_NOT_FIT, sentence(refusal.message()));
        problem.setProperty("device_bytes", refusal.deviceBytes());
        problem.setProperty("plans", refusal.plans().stream().map(TriedPlan::of).toList());
        return problem;
    }

    private static String sentence(String message) {
        return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    }

    @ExceptionHandler
    ProblemDetail handle(UnusablePicturesException e) {
        List<FieldProblem> errors =
                e.problems().stream().map(ProblemHandler::pictureProblem).toList();
        return Problems.of(pictureProblemType(e), summary(errors), errors);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(TooManyPixelsException e) {
        // Rounded up: whoever comes after that many seconds is let in.
        long seconds = e.pause().plusMillis(999).toSeconds();
        return ResponseEntity.status(ProblemType.RATE_LIMITED.status())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .body(Problems.of(
                        ProblemType.RATE_LIMITED,
                        "The limit of pixels a minute is reached; send the pictures again in %d s, or smaller ones."
                                .formatted(seconds)));
    }

    @ExceptionHandler
    ProblemDetail handle(UnreadablePartException e) {
        return Problems.of(ProblemType.UNREADABLE_REQUEST, "Part %s is not a JSON object.".formatted(e.part()));
    }

    @ExceptionHandler
    ProblemDetail handle(MultipartException e) {
        return Problems.of(ProblemType.UNREADABLE_REQUEST, "The body is no multipart form, or ends too early.");
    }

    @ExceptionHandler
    ProblemDetail handle(StorageException e) {
        log.error("storage failed", e);
        return Problems.of(ProblemType.STORAGE, "The storage failed; try again later.");
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> handle(Exception e) {
        if (isGone(e)) {
            return null;
        }
        if (Outages.isOne(e)) {
            log.warn("what is needed does not answer", e);
            return Outages.answer();
        }
        log.error("unexpected failure", e);
        return ResponseEntity.status(ProblemType.INTERNAL.status())
                .body(Problems.of(ProblemType.INTERNAL, "The failure was logged."));
    }

    /** A client that has gone away hears nothing any more. */
    private static boolean isGone(Exception e) {
        return DisconnectedClientHelper.isClientDisconnectedException(e);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e instanceof MethodArgumentTypeMismatchException mismatch
                && !mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
            List<FieldProblem> errors = List.of(new FieldProblem(
                    List.of(mismatch.getName()), "has no value of the right kind", "type_error", Map.of()));
            return respond(e, Problems.of(ProblemType.INVALID_REQUEST, summary(errors), errors), headers, request);
        }
        // An id that is none belongs to nothing.
        return respond(e, Problems.of(ProblemType.NOT_FOUND, "There is nothing under this id."), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(
                e, Problems.of(ProblemType.UNREADABLE_REQUEST, "The body is not a JSON object."), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(
                e,
                Problems.of(ProblemType.TOO_LARGE, "The upload, or a file of it, is larger than allowed."),
                headers,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(e, Problems.of(ProblemType.NOT_FOUND, "There is nothing at this path."), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Set<HttpMethod> supported = e.getSupportedHttpMethods() == null ? Set.of() : e.getSupportedHttpMethods();
        String detail = "Supported here: "
                + supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")) + ".";
        return respond(e, Problems.of(ProblemType.METHOD_NOT_ALLOWED, detail), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = "Supported here: " + names(e.getSupportedMediaTypes()) + ".";
        return respond(e, Problems.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = "Available here: " + names(e.getSupportedMediaTypes()) + ".";
        return respond(e, Problems.of(ProblemType.NOT_ACCEPTABLE, detail), headers, request);
    }

    /** Everything else Spring refuses by itself. Its own wording may name classes, so it is not passed on. */
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
        ProblemDetail problem = Problems.of(type, status, type.title() + ".", List.of());
        return super.handleExceptionInternal(e, problem, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> respond(
            Exception e, ProblemDetail problem, HttpHeaders headers, WebRequest request) {
        return handleExceptionInternal(e, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
    }

    private static String names(List<MediaType> types) {
        return types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(", "));
    }

    private static String summary(List<FieldProblem> errors) {
        FieldProblem first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
        return "%s: %s%s".formatted(String.join(".", first.loc()), first.msg(), more);
    }

    private static FieldProblem pictureProblem(PictureProblem problem) {
        Integer index = problem.index();
        String fileName = problem.fileName();
        return new FieldProblem(
                index == null ? List.of("images") : List.of("images", index.toString()),
                problem.message(),
                problem.kind().name().toLowerCase(Locale.ROOT),
                fileName == null ? Map.of() : Map.of("file_name", fileName));
    }

    private static ProblemType pictureProblemType(UnusablePicturesException e) {
        Set<Kind> kinds = e.problems().stream().map(PictureProblem::kind).collect(Collectors.toSet());
        if (kinds.equals(Set.of(Kind.UNSUPPORTED_FORMAT))) {
            return ProblemType.UNSUPPORTED_FORMAT;
        }
        return kinds.equals(Set.of(Kind.TOO_LARGE)) ? ProblemType.TOO_LARGE : ProblemType.UNUSABLE_PICTURES;
    }
}
