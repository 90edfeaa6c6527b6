package dev.likeness.app.postgres;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors a running server and restarts it when it no longer answers. A restart may fail, for example while the killed
 * server's children still hold its shared memory. It is repeated at every check.
 */
final class PostgresWatchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresWatchdog.class);

    private static final long EVERY_MILLIS = 1_000;

    private final int port;
    private final Restart restart;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "postgres-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    @SuppressWarnings("FutureReturnValueIgnored")
    PostgresWatchdog(int port, Restart restart) {
        this.port = port;
        this.restart = restart;
        executor.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (!PostmasterFile.answers(port)) {
                log.warn("PostgreSQL on port {} does not answer: restarting it", port);
                restart.run();
            }
        } catch (IOException | RuntimeException e) {
            // An exception here would end the checks.
            log.error("PostgreSQL on port {} could not be restarted", port, e);
        }
    }

    /** Ends the checks, and waits for a restart in progress. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(2, TimeUnit.MINUTES)) {
                log.warn("A restart of PostgreSQL is still in progress");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Restarts the server. */
    interface Restart {
        void run() throws IOException;
    }
}
