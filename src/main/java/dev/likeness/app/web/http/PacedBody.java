package dev.likeness.app.web.http;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A request's body with a minimum rate, which is empty while the caller is unknown. Tomcat's own timeout applies to a
 * single read, so that single bytes at intervals would hold a thread indefinitely. The limit for a single read is its
 * {@code connection-timeout}.
 */
final class PacedBody implements InputBuffer {

    private static final int END = -1;

    private final InputBuffer body;
    private final BodySettings limits;
    private final BooleanSupplier known;
    private final LongSupplier nanos;
    private boolean begun;
    private long begin;
    private long bytes;

    /**
     * @param known whether the caller is known now
     * @param nanos current time, as from {@link System#nanoTime}
     */
    PacedBody(InputBuffer body, BodySettings limits, BooleanSupplier known, LongSupplier nanos) {
        this.body = body;
        this.limits = limits;
        this.known = known;
        this.nanos = nanos;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (!known.getAsBoolean()) {
            return END;
        }
        if (!begun) {
            // Starts here, because the time before, such as for authentication, is not the client's.
            begun = true;
            begin = nanos.getAsLong();
        }
        int read = body.doRead(handler);
        if (read > 0) {
            bytes += read;
            check();
        }
        return read;
    }

    private void check() throws SlowBodyException {
        Duration time = Duration.ofNanos(nanos.getAsLong() - begin);
        if (time.compareTo(limits.maxTime()) > 0) {
            throw new SlowBodyException(
                    "The body took longer than %d s.".formatted(limits.maxTime().toSeconds()));
        }
        double least = limits.leastRate().toBytes() * (time.toMillis() / 1000.0);
        if (time.compareTo(limits.grace()) > 0 && bytes < least) {
            throw new SlowBodyException("The body arrived with less than %d bytes per second."
                    .formatted(limits.leastRate().toBytes()));
        }
    }

    @Override
    public int available() {
        return body.available();
    }
}
