package dev.likeness.app.web.http;

import dev.likeness.app.security.Owners;
import dev.likeness.app.security.RateLimits;
import dev.likeness.app.web.problem.ProblemDetails;
import dev.likeness.app.web.problem.ProblemTexts;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests beyond their owner's limits before reading them, and reads nothing of unknown callers' requests. */
@Component
@ConditionalOnWebApplication
@Order(FilterOrder.RATE_LIMIT)
class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final ProblemWriter problems;

    RateLimitFilter(RateLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!Owners.present().equals(Owners.NOBODY)) {
            BodyValve.know(request);
        }
        boolean upload = Forms.isOne(request);
        Optional<Duration> wait = limits.take(upload);
        if (wait.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        // Rounded up: a request after this number of seconds is accepted.
        long seconds = wait.get().plusMillis(999).toSeconds();
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(
                request,
                response,
                ProblemDetails.of(
                        ProblemType.RATE_LIMITED,
                        ProblemTexts.detail(upload ? "calls_or_uploads" : "calls", Map.of("seconds", seconds))));
    }
}
