package dev.likeness.app.web;

import dev.likeness.app.web.problem.Outages;
import dev.likeness.app.web.problem.ProblemDetails;
import dev.likeness.app.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers failures outside of controllers, which {@link ProblemHandler} does not handle. */
@Hidden
@RestController
class ErrorFallbackController implements ErrorController {

    @RequestMapping("/error")
    @Nullable
    ResponseEntity<ProblemDetail> error(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            // The client disconnected during an answer, such as a stream of events, to which nothing can be added.
            return null;
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
                && Outages.isOne(failure)) {
            return Outages.answer();
        }
        // A direct request for this path has no error, so it is answered with 404.
        int code = Objects.requireNonNullElse((Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE), 404);
        HttpStatusCode status = HttpStatusCode.valueOf(code);
        ProblemType type = switch (code) {
            case 404 -> ProblemType.NOT_FOUND;
            case 408 -> ProblemType.SLOW_REQUEST;
            default -> status.is5xxServerError() ? ProblemType.INTERNAL : ProblemType.REQUEST_REFUSED;
        };
        ProblemDetail problem = ProblemDetails.of(type, status, type.title() + ".", List.of());
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (path != null) {
            ProblemDetails.at(problem, path.toString());
        }
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
