package dev.likeness.app.web.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.util.StringUtils;

/** Requests that bring files. */
public final class Forms {

    private Forms() {}

    /** Whether the body is a form with parts, as whoever reads it sees it. */
    public static boolean isOne(HttpServletRequest request) {
        return StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/");
    }
}
