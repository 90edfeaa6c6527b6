package dev.likeness.app.web.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.util.StringUtils;

/** Requests with files. */
public final class Forms {

    private Forms() {}

    /** Whether the body is a form with parts, by the same rule as for its reader. */
    public static boolean isOne(HttpServletRequest request) {
        return StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/");
    }
}
