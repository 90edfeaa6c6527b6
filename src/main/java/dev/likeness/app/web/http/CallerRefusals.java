package dev.likeness.app.web.http;

import dev.likeness.app.security.InvalidLinkException;
import dev.likeness.app.web.problem.ProblemDetails;
import dev.likeness.app.web.problem.ProblemTexts;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers callers without valid credentials or permission. */
@Component
class CallerRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String CHALLENGE = "Bearer realm=\"likeness\"";

    private final ProblemWriter problems;

    CallerRefusals(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (e instanceof InvalidLinkException) {
            problems.write(
                    request, response, ProblemDetails.of(ProblemType.INVALID_LINK, String.valueOf(e.getMessage())));
            return;
        }
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                e instanceof InvalidBearerTokenException ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
        problems.write(request, response, ProblemDetails.of(ProblemType.UNAUTHENTICATED, detail(e)));
    }

    /** Spring's messages about tokens would reveal what it looked for. */
    private static String detail(AuthenticationException e) {
        if (e instanceof InvalidBearerTokenException) {
            return ProblemTexts.detail("token");
        }
        return e instanceof BadCredentialsException
                ? String.valueOf(e.getMessage())
                : ProblemTexts.detail("credentials");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        problems.write(request, response, ProblemDetails.of(ProblemType.FORBIDDEN, ProblemTexts.detail("scope")));
    }
}
