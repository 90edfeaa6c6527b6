package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PacedBodyTests {

    private static final BodySettings LIMITS = new BodySettings(
            Duration.ofMinutes(30), DataSize.ofKilobytes(1), Duration.ofSeconds(10), Duration.ofSeconds(30));

    private long nanos = Long.MAX_VALUE - 5_000_000_000L;
    private final AtomicBoolean known = new AtomicBoolean(true);

    @Test
    void letsABodyPassThatKeepsThePace() throws IOException {
        PacedBody body = body(1024, Duration.ofMillis(990));

        for (int second = 0; second < 60; second++) {
            assertThat(body.doRead(new LeftoverBody.Forgotten())).isEqualTo(1024);
        }
    }

    @Test
    void refusesABodyThatComesTooSlowlyOnceItHadItsTimeToBegin() throws IOException {
        PacedBody body = body(1, Duration.ofSeconds(3));

        for (int read = 0; read < 3; read++) {
            assertThat(body.doRead(new LeftoverBody.Forgotten())).isEqualTo(1);
        }
        assertThatExceptionOfType(SlowBodyException.class)
                .isThrownBy(() -> body.doRead(new LeftoverBody.Forgotten()))
                .withMessage("The body arrived with less than 1024 bytes per second.");
    }

    @Test
    void refusesABodyThatTakesTooLongInAll() throws IOException {
        PacedBody body = body(1 << 20, Duration.ofMinutes(10));

        for (int read = 0; read < 3; read++) {
            assertThat(body.doRead(new LeftoverBody.Forgotten())).isEqualTo(1 << 20);
        }
        assertThatExceptionOfType(SlowBodyException.class)
                .isThrownBy(() -> body.doRead(new LeftoverBody.Forgotten()))
                .withMessage("The body took longer than 1800 s.");
    }

    @Test
    void readsNothingOfAnUnknownCaller() throws IOException {
        known.set(false);
        PacedBody body = body(1 << 20, Duration.ZERO);

        assertThat(body.doRead(new LeftoverBody.Forgotten())).isEqualTo(-1);
        known.set(true);
        assertThat(body.doRead(new LeftoverBody.Forgotten())).isEqualTo(1 << 20);
    }

    /** A body that delivers a number of bytes at a time, each after a delay. */
    private PacedBody body(int bytes, Duration each) {
        InputBuffer slow = new InputBuffer() {
            @Override
            public int doRead(ApplicationBufferHandler handler) {
                nanos += each.toNanos();
                return ByteBuffer.allocate(bytes).remaining();
            }

            @Override
            public int available() {
                return 0;
            }
        };
        return new PacedBody(slow, LIMITS, known::get, () -> nanos);
    }
}
