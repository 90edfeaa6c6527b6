package dev.likeness.app.web.problem;

import dev.likeness.app.refusal.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Creates problem details (RFC 9457). */
public final class ProblemDetails {

    private ProblemDetails() {}

    /** The problem for a refusal. */
    public static ProblemDetail of(Refusal refusal) {
        List<FieldProblem> errors =
                refusal.violations().stream().map(FieldProblem::of).toList();
        ProblemDetail problem = errors.isEmpty()
                ? of(ProblemType.of(refusal.kind()), ProblemTexts.detail(refusal.text(), refusal.values()))
                : invalid(ProblemType.of(refusal.kind()), errors, refusal.listed());
        refusal.figures().forEach(problem::setProperty);
        return problem;
    }

    /** A problem with at least one field. The first field is the detail. */
    public static ProblemDetail invalid(ProblemType type, List<FieldProblem> errors) {
        return invalid(type, errors, errors.size());
    }

    private static ProblemDetail invalid(ProblemType type, List<FieldProblem> errors, int listed) {
        FieldProblem first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
        String detail = "%s: %s%s".formatted(String.join(".", first.loc()), first.msg(), more);
        return of(type, detail, errors.stream().limit(listed).toList());
    }

    public static ProblemDetail of(ProblemType type, String detail) {
        return of(type, detail, List.of());
    }

    public static ProblemDetail of(ProblemType type, String detail, List<FieldProblem> errors) {
        return of(type, type.status(), detail, errors);
    }

    /** With another status than the type's own. */
    public static ProblemDetail of(ProblemType type, HttpStatusCode status, String detail, List<FieldProblem> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type.uri());
        problem.setTitle(type.title());
        problem.setProperty("code", type.code());
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    /** Sets the path of the failed request, unless it is not a URI, such as a path that begins with two slashes. */
    public static void at(ProblemDetail problem, String path) {
        try {
            problem.setInstance(new URI(path));
        } catch (URISyntaxException e) {
            problem.setInstance(null);
        }
    }
}
