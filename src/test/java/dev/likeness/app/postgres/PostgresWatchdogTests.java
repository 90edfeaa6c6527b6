package dev.likeness.app.postgres;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PostgresWatchdogTests {

    @Test
    void continuesLookingAfterARestartThatFailsInAnyWay() throws IOException {
        AtomicInteger restarts = new AtomicInteger();

        try (PostgresWatchdog watchdog = new PostgresWatchdog(unusedPort(), () -> {
            if (restarts.incrementAndGet() == 1) {
                throw new IllegalStateException("not foreseen");
            }
        })) {
            await().until(() -> restarts.get() >= 2);
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
