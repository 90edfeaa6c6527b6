package dev.likeness.app.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.util.StringUtils;

/** Requests that bring files. */
final class Forms {

    private Forms() {}

    /** Whether the body is a form with parts, as whoever reads it sees it. */
    static boolean isOne(HttpServletRequest request) {
        return StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/");
    }
}
