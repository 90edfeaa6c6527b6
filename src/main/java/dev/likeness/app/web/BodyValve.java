package dev.likeness.app.web;

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

/**
 * Keeps bodies from holding threads: gives each a pace, and reads what is left of one after the answer without a thread. Tomcat
 * itself would wait for the rest, however slowly it comes. To close at once instead would take the answer from a client that is
 * still sending, as its system then forgets what it has received.
 */
final class BodyValve extends ValveBase {

    private static final String KNOWN = BodyValve.class.getName() + ".known";

    /** What is read of a refused body, in bytes, of a known caller and of others. */
    private static final long LEFT_OF_KNOWN = 512L << 20;

    private static final long AT_ONCE = 64 << 10;
    private static final long LEFT_OF_UNKNOWN = 1L << 20;
    private static final Duration LINGER_FOR_UNKNOWN = Duration.ofSeconds(2);

    private final BodySettings settings;

    BodyValve(BodySettings settings) {
        super(true);
        this.settings = settings;
    }

    /** It has been found out who sends a request. */
    static void know(ServletRequest request) {
        request.setAttribute(KNOWN, true);
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
        InputBuffer body = raw.getInputBuffer();
        raw.setInputBuffer(new PacedBody(body, settings, () -> isKnown(request), System::nanoTime));
        try {
            getNext().invoke(request, response);
        } finally {
            // Tomcat keeps the request for others.
            raw.setInputBuffer(body);
        }
        if (!request.isAsync() && !isRead(raw) && !isAllThere(request)) {
            readRest(request, response);
        }
    }

    /** Whether a known caller has sent all of it: forms are read up to their end, which their last bytes are behind. */
    private static boolean isAllThere(Request request) {
        org.apache.coyote.Request raw = request.getCoyoteRequest();
        LeftoverBody.Forgotten forgotten = new LeftoverBody.Forgotten();
        long left = isKnown(request) ? AT_ONCE : 0;
        try {
            while (left > 0 && isThere(raw) && !isRead(raw)) {
                int read = raw.doRead(forgotten);
                left = read > 0 ? left - read : 0;
            }
        } catch (IOException e) {
            return false;
        }
        return isRead(raw);
    }

    private static boolean isThere(org.apache.coyote.Request raw) {
        raw.action(ActionCode.AVAILABLE, true);
        return raw.getAvailable() > 0;
    }

    private void readRest(Request request, Response response) throws IOException {
        boolean known = isKnown(request);
        // The whole answer, now.
        response.finishResponse();
        org.apache.coyote.Request raw = request.getCoyoteRequest();
        boolean slow = response.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT;
        if (slow || request.getContext() == null || raw.hasExpectation()) {
            leave(raw);
            return;
        }
        request.setAsyncSupported(true);
        AsyncContext rest = request.startAsync();
        rest.setTimeout((known ? settings.linger() : LINGER_FOR_UNKNOWN).toMillis());
        LeftoverBody leftover = new LeftoverBody(raw, known ? LEFT_OF_KNOWN : LEFT_OF_UNKNOWN, read -> {
            if (!read) {
                leave(raw);
            }
            rest.complete();
        });
        rest.addListener(leftover);
        request.getInputStream().setReadListener(leftover);
    }

    /** Tomcat does not read the rest, and closes the connection. */
    private static void leave(org.apache.coyote.Request raw) {
        raw.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    private static boolean isRead(org.apache.coyote.Request raw) {
        AtomicBoolean read = new AtomicBoolean();
        raw.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }
}
