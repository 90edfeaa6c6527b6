package dev.likeness.app.web.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prevents request bodies from holding threads. It enforces a minimum rate, also for the rest of a body after the
 * answer. For unknown callers, the rest is read without a thread, and then the connection closes. Closing it at once
 * would lose the answer for a client that is still sending, because its system then discards received data.
 */
final class BodyValve extends ValveBase {

    private static final Logger log = LoggerFactory.getLogger(BodyValve.class);

    private static final String CONNECTION = "Connection";
    private static final String KNOWN = BodyValve.class.getName() + ".known";
    private static final String ANSWER = BodyValve.class.getName() + ".answer";

    /** Limits for the rest of a refused body, in bytes, for known and unknown callers. */
    private static final long LEFT_OF_KNOWN = 512L << 20;

    private static final long LEFT_OF_UNKNOWN = 1L << 20;
    private static final Duration LINGER_FOR_UNKNOWN = Duration.ofSeconds(2);

    private final BodySettings settings;

    BodyValve(BodySettings settings) {
        super(true);
        this.settings = settings;
    }

    /** Marks the request's caller as known. */
    static void know(ServletRequest request) {
        request.setAttribute(KNOWN, true);
        if (request.getAttribute(ANSWER) instanceof org.apache.coyote.Response answer && !answer.isCommitted()) {
            answer.getMimeHeaders().removeHeader(CONNECTION);
        }
    }

    static boolean isKnown(ServletRequest request) {
        return request.getAttribute(KNOWN) != null;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request raw = request.getCoyoteRequest();
        if (isRead(raw)) {
            getNext().invoke(request, response);
            return;
        }
        // Set until the caller is known, because clients must be told before their connection closes.
        response.setHeader(CONNECTION, "close");
        request.setAttribute(ANSWER, response.getCoyoteResponse());
        InputBuffer body = raw.getInputBuffer();
        raw.setInputBuffer(new PacedBody(body, settings, () -> isKnown(request), System::nanoTime));
        try {
            getNext().invoke(request, response);
        } finally {
            // Tomcat reuses the request.
            raw.setInputBuffer(body);
        }
        if (!request.isAsync() && !isRead(raw)) {
            readRest(request, response);
        }
    }

    private void readRest(Request request, Response response) throws IOException {
        // Sends the whole answer now.
        response.finishResponse();
        org.apache.coyote.Request raw = request.getCoyoteRequest();
        boolean slow = response.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT;
        if (slow || request.getContext() == null || raw.hasExpectation()) {
            leave(raw);
        } else if (isKnown(request)) {
            readRestOfKnown(raw);
        } else {
            readRestOfUnknown(request, raw);
        }
    }

    /** Reads in this thread, so that the connection can continue with its next request. */
    private void readRestOfKnown(org.apache.coyote.Request raw) {
        BodySettings limits =
                new BodySettings(settings.linger(), settings.leastRate(), settings.grace(), settings.linger());
        PacedBody rest = new PacedBody(raw.getInputBuffer(), limits, () -> true, System::nanoTime);
        ApplicationBufferHandler forgotten = new LeftoverBody.Forgotten();
        long left = LEFT_OF_KNOWN;
        try {
            while (left > 0) {
                int read = rest.doRead(forgotten);
                if (read < 0) {
                    return;
                }
                // Framing of chunks counts at least one byte, so that it cannot be sent without a limit.
                left -= Math.max(read, 1);
            }
        } catch (IOException e) {
            log.debug("The rest of a body did not arrive", e);
        }
        leave(raw);
    }

    private static void readRestOfUnknown(Request request, org.apache.coyote.Request raw) throws IOException {
        request.setAsyncSupported(true);
        AsyncContext rest = request.startAsync();
        rest.setTimeout(LINGER_FOR_UNKNOWN.toMillis());
        // Registered last: a connection that must close would end before, and an asynchronous request would not end.
        LeftoverBody leftover = new LeftoverBody(raw, LEFT_OF_UNKNOWN, rest::complete, () -> leave(raw));
        rest.addListener(leftover);
        request.getInputStream().setReadListener(leftover);
    }

    /** Makes Tomcat close the connection without reading the rest. */
    private static void leave(org.apache.coyote.Request raw) {
        raw.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    private static boolean isRead(org.apache.coyote.Request raw) {
        AtomicBoolean read = new AtomicBoolean();
        raw.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }
}
