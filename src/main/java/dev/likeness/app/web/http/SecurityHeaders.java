package dev.likeness.app.web.http;

import java.util.Map;

/** Headers for browsers in every answer, unless the handler sets its own. */
final class SecurityHeaders {

    static final String POLICY = "Content-Security-Policy";

    /** No answer is a page, except for {@link #PAGE_POLICY} and reports, which set their own policy. */
    private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** Swagger UI: scripts of this server only. It has inline styles, and its icons are data URLs. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private SecurityHeaders() {}

    static Map<String, String> of(String path) {
        return Map.of(
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "no-referrer",
                "X-Frame-Options",
                "DENY",
                POLICY,
                path.startsWith("/swagger-ui") ? PAGE_POLICY : DATA_POLICY);
    }
}
