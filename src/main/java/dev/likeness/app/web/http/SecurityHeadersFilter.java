package dev.likeness.app.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Adds {@link SecurityHeaders} to every answer, and prevents shared caching of JSON. */
@Component
@ConditionalOnWebApplication
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityHeadersFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        chain.doFilter(request, new DefaultHeaders(response, SecurityHeaders.of(path)));
    }

    /** Headers that are set initially, so that every kind of answer has them unless it overrides them. */
    private static final class DefaultHeaders extends HttpServletResponseWrapper {

        private static final String CACHE_CONTROL = HttpHeaders.CACHE_CONTROL.toLowerCase(Locale.ROOT);

        private final Set<String> defaults = new HashSet<>();

        DefaultHeaders(HttpServletResponse response, Map<String, String> headers) {
            super(response);
            headers.forEach(this::setDefault);
            // Private to one caller, with any kind of credentials.
            setDefault(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }

        private void setDefault(String name, String value) {
            defaults.add(name.toLowerCase(Locale.ROOT));
            super.setHeader(name, value);
        }

        @Override
        public void setContentType(@Nullable String type) {
            super.setContentType(type);
            keepOutOfCaches(type);
        }

        @Override
        public void setHeader(String name, @Nullable String value) {
            defaults.remove(name.toLowerCase(Locale.ROOT));
            super.setHeader(name, value);
            if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                keepOutOfCaches(value);
            }
        }

        /** Spring adds the headers of a controller. */
        @Override
        public void addHeader(String name, @Nullable String value) {
            if (defaults.remove(name.toLowerCase(Locale.ROOT)) || name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }

        private void keepOutOfCaches(@Nullable String type) {
            boolean json = type != null && (type.startsWith("application/json") || type.contains("+json"));
            if (json && defaults.contains(CACHE_CONTROL)) {
                setDefault(HttpHeaders.CACHE_CONTROL, "no-store");
            }
        }
    }
}
