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
 * Reads what nobody wants of a body whenever some of it is there, up to so much. It reads from Tomcat's connector, as a request's
 * stream ends with its answer.
 */
final class LeftoverBody implements ReadListener, AsyncListener {

    private final ApplicationBufferHandler forgotten = new Forgotten();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Request request;
    private final Runnable end;
    private final Runnable ended;
    private long left;

    /**
     * @param most bytes to read
     * @param end what happens once: when all of it was read, when that fails, when there is too much, or when it is too late
     * @param ended what happens behind that
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
            // What frames a chunk is nothing to read, but comes from somebody as well.
            left -= Math.max(read, 1);
        }
        if (left <= 0) {
            end();
        }
    }

    /** If there is nothing yet, this asks to be called again. */
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
        // There is nothing to do at first.
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            end.run();
        }
    }

    /** Tomcat lends its own buffer. */
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
            // There is no need to.
        }
    }
}
