package dev.likeness.app.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Interprets {@code Range} according to RFC 9110, 14.2. A range with another unit than bytes is ignored, which Spring
 * would refuse. The unit's name is case-insensitive (14.1). A position may be any number, also above the range of
 * {@code long}.
 */
@Component
@ConditionalOnWebApplication
@Order(FilterOrder.RANGE)
class RangeFilter extends OncePerRequestFilter {

    private static final String BYTES = "bytes=";

    /** Longer than any file. */
    private static final String BEYOND = "9".repeat(18);

    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<!\\d)0+(?=\\d)");

    private static final Pattern HUGE = Pattern.compile("\\d{19,}");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.RANGE) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String range = request.getHeader(HttpHeaders.RANGE).strip();
        boolean known = range.toLowerCase(Locale.ROOT).startsWith(BYTES);
        List<String> read = known ? List.of(BYTES + readable(range.substring(BYTES.length()))) : List.of();
        chain.doFilter(new Ranged(request, read), response);
    }

    private static String readable(String positions) {
        return HUGE.matcher(LEADING_ZEROS.matcher(positions).replaceAll("")).replaceAll(BEYOND);
    }

    /** A request with another range. */
    private static final class Ranged extends HttpServletRequestWrapper {

        private final List<String> ranges;

        /** @param ranges at most one */
        Ranged(HttpServletRequest request, List<String> ranges) {
            super(request);
            this.ranges = ranges;
        }

        @Override
        @SuppressWarnings("NullAway") // the servlet interface has no nullness annotations
        public String getHeader(String name) {
            return HttpHeaders.RANGE.equalsIgnoreCase(name)
                    ? ranges.stream().findFirst().orElse(null)
                    : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.RANGE.equalsIgnoreCase(name) ? Collections.enumeration(ranges) : super.getHeaders(name);
        }
    }
}
