package dev.likeness.app.worker;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.queue.DatabaseOutage;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Repeats what failed because the database or the store of files is away, so that a restart of one costs a running job a
 * pause and nothing else. What is repeated has to bear being done twice: an answer may have been lost on its way. Inside a transaction
 * nothing is repeated, as its connection is lost: that is for whoever began it.
 */
@InWorker
@Component
class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Duration forDatabase;
    private final Duration forStore;

    Patience(WorkerSettings settings) {
        this.forDatabase = settings.databasePatience();
        this.forStore = settings.storePatience();
    }

    void run(Runnable write) {
        get(() -> {
            write.run();
            return true;
        });
    }

    <T> T get(Supplier<T> work) {
        long start = System.nanoTime();
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (TransactionSynchronizationManager.isActualTransactionActive()
                        || System.nanoTime() - start > limit(e).toNanos()
                        || !pause()) {
                    throw e;
                }
                log.warn(
                        "{} is away: trying again", DatabaseOutage.isBehind(e) ? "The database" : "The store of files");
            }
        }
    }

    /** Less than no time for what does not pass by waiting. */
    private Duration limit(RuntimeException failure) {
        if (DatabaseOutage.isBehind(failure)) {
            return forDatabase;
        }
        return isStoreOutage(failure) ? forStore : Duration.ofNanos(-1);
    }

    /** Whether files could not be written or read, as opposed to being missing or damaged. */
    private static boolean isStoreOutage(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException storage) {
                return storage.reason() == Reason.NOT_WRITTEN || storage.reason() == Reason.NOT_READ;
            }
        }
        return false;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
