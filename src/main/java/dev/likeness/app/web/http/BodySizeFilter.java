package dev.likeness.app.web.http;

import dev.likeness.app.web.problem.ProblemDetails;
import dev.likeness.app.web.problem.ProblemTexts;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies above a size limit, except for forms, which have their own limits. */
@Component
@ConditionalOnWebApplication
@Order(FilterOrder.BODY_SIZE)
class BodySizeFilter extends OncePerRequestFilter {

    /** In bytes. */
    static final int LARGEST = 8 << 20;

    private final ProblemWriter problems;

    BodySizeFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Bodies of unknown callers are not read.
        return Forms.isOne(request) || !BodyValve.isKnown(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LARGEST) {
            refuse(request, response);
        } else if (isLengthKnown(request)) {
            chain.doFilter(request, response);
        } else {
            // The length is unknown until the body is read.
            byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                refuse(request, response);
            } else {
                chain.doFilter(new ReadRequest(request, body), response);
            }
        }
    }

    private static boolean isLengthKnown(HttpServletRequest request) {
        boolean framed = request.getProtocol().startsWith("HTTP/2");
        return request.getContentLengthLong() >= 0
                || !framed && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problems.write(request, response, ProblemDetails.of(ProblemType.TOO_LARGE, ProblemTexts.detail("body_size")));
    }
}
