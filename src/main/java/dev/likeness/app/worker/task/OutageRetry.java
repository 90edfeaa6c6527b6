package dev.likeness.app.worker.task;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.queue.DatabaseOutage;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Repeats work that failed because the database or the artifact store is unavailable, so that a running job only pauses
 * while one of them restarts. The work must be repeatable, because its first answer may have been lost. Inside a
 * transaction nothing is repeated, because its connection is lost: the code that began the transaction repeats it.
 */
@InWorker
@Component
class OutageRetry {

    private static final Logger log = LoggerFactory.getLogger(OutageRetry.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Dependency database;
    private final Dependency store;

    OutageRetry(WorkerSettings settings, MeterRegistry meters) {
        this.database = new Dependency("The database", settings.databasePatience(), waits(meters, "database"));
        this.store = new Dependency("The artifact store", settings.storePatience(), waits(meters, "store"));
    }

    private static Counter waits(MeterRegistry meters, String dependency) {
        return Counter.builder("likeness.outage.wait")
                .baseUnit("seconds")
                .description("Time that tasks have waited for an unavailable dependency")
                .tag("dependency", dependency)
                .register(meters);
    }

    void run(Runnable write) {
        get(() -> {
            write.run();
            return true;
        });
    }

    /** @throws RuntimeException the last failure of the work */
    <T> T get(Supplier<T> work) {
        Outage outage = new Outage();
        RetryTemplate template = new RetryTemplate(outage);
        template.setRetryListener(outage);
        return template.invoke(work);
    }

    /** The dependency that was unavailable; null if the work failed for another reason. */
    private @Nullable Dependency behind(Throwable failure) {
        if (!(failure instanceof RuntimeException)) {
            return null;
        }
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

    /** The retries of one piece of work. Each dependency has its own time limit, counted from the first failure. */
    private final class Outage implements RetryPolicy, RetryListener {

        private @Nullable Dependency awaited;
        private long firstFailure;
        private long waitingSince;

        @Override
        public boolean shouldRetry(Throwable failure) {
            Dependency unavailable = behind(failure);
            if (awaited == null) {
                // The time before the first failure does not count: the work may have taken longer than the limit.
                firstFailure = System.nanoTime();
                waitingSince = firstFailure;
            }
            if (unavailable == null
                    || TransactionSynchronizationManager.isActualTransactionActive()
                    || System.nanoTime() - firstFailure > unavailable.limit().toNanos()) {
                return false;
            }
            if (!unavailable.equals(awaited)) {
                log.warn("{} is unavailable: retrying for up to {}", unavailable.name(), unavailable.limit(), failure);
                awaited = unavailable;
            }
            return true;
        }

        @Override
        public BackOff getBackOff() {
            return new FixedBackOff(PAUSE.toMillis());
        }

        @Override
        public void beforeRetry(RetryPolicy policy, Retryable<?> work, RetryState state) {
            long now = System.nanoTime();
            if (awaited != null) {
                awaited.waits().increment((now - waitingSince) / 1e9);
            }
            waitingSince = now;
        }

        @Override
        public void onRetrySuccess(RetryPolicy policy, Retryable<?> work, @Nullable Object result) {
            if (awaited != null) {
                log.info("{} is available again", awaited.name());
            }
        }
    }

    /**
     * A dependency of a worker.
     *
     * @param limit how long it may be unavailable before the work fails
     */
    private record Dependency(String name, Duration limit, Counter waits) {}
}
