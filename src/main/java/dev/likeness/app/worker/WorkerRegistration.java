package dev.likeness.app.worker;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Registers this worker and its device in the list of workers, and renews the row while the process runs. */
@InWorker
@Component
class WorkerRegistration implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkerRegistration.class);

    private final WorkerRow row;
    private final WorkerSettings settings;
    private final ThreadFactory threads;
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean running;

    WorkerRegistration(WorkerRow row, WorkerSettings settings, ThreadFactory engineThreads) {
        this.row = row;
        this.settings = settings;
        this.threads = engineThreads;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized void start() {
        running = true;
        executor = Executors.newSingleThreadScheduledExecutor(threads);
        executor.scheduleWithFixedDelay(this::renew, 0, settings.seenEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (executor != null) {
            executor.shutdownNow();
        }
        try {
            row.delete();
        } catch (DataAccessException | TransactionException e) {
            log.debug("The worker's row could not be deleted", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void renew() {
        try {
            row.renew();
        } catch (RuntimeException e) {
            // An exception here would end the schedule. The next round tries again.
            log.warn("The worker could not be registered: {}", e.toString());
        }
    }
}
