package dev.likeness.app.web.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Reads and discards the rest of a body as it arrives, up to a limit. It reads from Tomcat's connector, because a
 * request's stream ends with its answer.
 */
final class LeftoverBody implements ReadListener, AsyncListener {

    private final ApplicationBufferHandler forgotten = new Forgotten();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Request request;
    private final Runnable end;
    private final Runnable ended;
    private long left;

    /**
     * @param most maximum number of bytes to read
     * @param end called once: after reading everything, after a failure, at the limit, or at the timeout
     * @param ended called after {@code end}
     */
    LeftoverBody(Request request, long most, Runnable end, Runnable ended) {
        this.request = request;
        this.left = most;
        this.end = end;
        this.ended = ended;
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (left > 0 && isReady()) {
            int read = request.doRead(forgotten);
            if (read < 0) {
                break;
            }
            // Framing of chunks counts at least one byte, so that it cannot be sent without a limit.
            left -= Math.max(read, 1);
        }
        if (left <= 0) {
            end();
        }
    }

    /** If nothing has arrived, requests another call later. */
    private boolean isReady() {
        AtomicBoolean ready = new AtomicBoolean();
        request.action(ActionCode.NB_READ_INTEREST, ready);
        return ready.get();
    }

    @Override
    public void onAllDataRead() {
        end();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over.set(true);
        ended.run();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nothing to do at the start.
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            end.run();
        }
    }

    /** Receives Tomcat's own buffer. */
    static final class Forgotten implements ApplicationBufferHandler {

        private @Nullable ByteBuffer buffer;

        @Override
        public void setByteBuffer(@Nullable ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public @Nullable ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Not needed.
        }
    }
}
