package dev.likeness.app.web.http;

import java.util.Map;

/** What every answer tells a browser, unless whoever answers says otherwise. */
final class SecurityHeaders {

    static final String POLICY = "Content-Security-Policy";

    /** Nothing that is served here is a page, but for {@link #PAGE_POLICY} and reports, which say their own. */
    private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** Swagger UI: scripts of this server only. Its style is partly in the page, and its icons are data URLs. */
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
