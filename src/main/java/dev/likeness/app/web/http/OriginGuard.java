package dev.likeness.app.web.http;

import dev.likeness.app.security.SecuritySettings;
import dev.likeness.app.web.problem.ProblemDetails;
import dev.likeness.app.web.problem.ProblemTexts;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Prevents pages of other sites from calling a service without authentication. A local browser would send their forms,
 * and resolve a host name of theirs that points to this machine.
 */
@Component
@ConditionalOnWebApplication
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class OriginGuard extends OncePerRequestFilter {

    private static final Pattern LOCAL =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

    private final boolean open;
    private final CorsSettings allowed;
    private final @Nullable URI publicUrl;
    private final ProblemWriter problems;

    OriginGuard(SecuritySettings security, CorsSettings allowed, PublicSettings settings, ProblemWriter problems) {
        this.open = !security.isRequired();
        this.allowed = allowed;
        this.publicUrl = settings.publicUrl();
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !open || request.getHeader(HttpHeaders.ORIGIN) == null && isOurs(request.getServerName());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (isOurs(request.getServerName()) && isAllowed(request, origin)) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(
                request, response, ProblemDetails.of(ProblemType.FOREIGN_PAGE, ProblemTexts.detail("foreign_page")));
    }

    private boolean isOurs(String host) {
        return LOCAL.matcher(host).matches() || publicUrl != null && host.equalsIgnoreCase(publicUrl.getHost());
    }

    private boolean isAllowed(HttpServletRequest request, @Nullable String origin) {
        return origin == null
                || allowed.origins().contains(origin)
                || publicUrl != null && publicUrl.toString().equals(origin)
                || !CorsUtils.isPreFlightRequest(request) && isSameOrigin(request);
    }

    private static boolean isSameOrigin(HttpServletRequest request) {
        try {
            return WebUtils.isSameOrigin(new ServletServerHttpRequest(request));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
