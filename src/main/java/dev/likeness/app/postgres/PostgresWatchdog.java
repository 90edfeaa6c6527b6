package dev.likeness.app.postgres;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a running server and has it started again when it no longer answers. A try may fail, for instance while
 * the killed server's children still hold its shared memory: it is repeated at every look.
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
                log.warn("PostgreSQL on port {} is gone: starting it again", port);
                restart.run();
            }
        } catch (IOException | RuntimeException e) {
            // Anything thrown here would end the looks.
            log.error("PostgreSQL on port {} could not be started again", port, e);
        }
    }

    /** Ends without another look; a restart in progress is waited for. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(2, TimeUnit.MINUTES)) {
                log.warn("A restart of PostgreSQL is still going on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the server again. */
    interface Restart {
        void run() throws IOException;
    }
}
