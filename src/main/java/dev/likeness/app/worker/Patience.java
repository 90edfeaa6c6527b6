package dev.likeness.app.worker;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.queue.DatabaseOutage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

    private final Dependency database;
    private final Dependency store;

    Patience(WorkerSettings settings, MeterRegistry meters) {
        this.database = new Dependency("The database", settings.databasePatience(), waits(meters, "database"));
        this.store = new Dependency("The store of files", settings.storePatience(), waits(meters, "store"));
    }

    private static Counter waits(MeterRegistry meters, String dependency) {
        return Counter.builder("likeness.outage.wait")
                .baseUnit("seconds")
                .description("Time that tasks have waited for what was away")
                .tag("dependency", dependency)
                .register(meters);
    }

    void run(Runnable write) {
        get(() -> {
            write.run();
            return true;
        });
    }

    <T> T get(Supplier<T> work) {
        long failed = 0;
        Dependency awaited = null;
        while (true) {
            long began = System.nanoTime();
            try {
                T result = work.get();
                if (awaited != null) {
                    log.info("{} is there again", awaited.name());
                }
                return result;
            } catch (RuntimeException e) {
                Dependency away = behind(e);
                if (awaited == null) {
                    // Not from the beginning: the work before may have taken longer than there is patience.
                    failed = System.nanoTime();
                    began = failed;
                }
                if (away == null
                        || TransactionSynchronizationManager.isActualTransactionActive()
                        || System.nanoTime() - failed > away.patience().toNanos()) {
                    throw e;
                }
                if (!away.equals(awaited)) {
                    log.warn("{} is away: trying again for {}", away.name(), away.patience(), e);
                    awaited = away;
                }
                if (!pause()) {
                    throw e;
                }
                away.waits().increment((System.nanoTime() - began) / 1e9);
            }
        }
    }

    /** What was away; null if that is not why it failed. */
    private @Nullable Dependency behind(RuntimeException failure) {
        if (DatabaseOutage.isBehind(failure)) {
            return database;
        }
        return isStoreOutage(failure) ? store : null;
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

    /** Something that a worker cannot do without, and waits for. */
    private record Dependency(String name, Duration patience, Counter waits) {}
}
