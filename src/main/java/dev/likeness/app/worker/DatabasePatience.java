package dev.likeness.app.worker;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Repeats what failed because the database is away, so that a restart of it costs a running job a pause and nothing
 * else. What is repeated has to bear being done twice: an answer may have been lost on its way. Inside a transaction
 * nothing is repeated, as its connection is lost: that is for whoever began it.
 */
@InWorker
@Component
class DatabasePatience {

    private static final Logger log = LoggerFactory.getLogger(DatabasePatience.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final String CLOSED = "Connection is closed";

    private final Duration limit;

    DatabasePatience(WorkerSettings settings) {
        this.limit = settings.databasePatience();
    }

    void run(Runnable write) {
        get(() -> {
            write.run();
            return true;
        });
    }

    <T> T get(Supplier<T> work) {
        long giveUp = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (TransactionSynchronizationManager.isActualTransactionActive()
                        || !isOutage(e)
                        || System.nanoTime() > giveUp
                        || !pause()) {
                    throw e;
                }
                log.warn("The database is away: trying again");
            }
        }
    }

    /** Whether the database was away, as opposed to not liking what it was told. */
    static boolean isOutage(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLException sql && (isConnectionState(sql.getSQLState()) || isClosed(sql))) {
                return true;
            }
        }
        return false;
    }

    /** Class 08 is a broken connection, 57P a server that stops, stopped or starts. */
    private static boolean isConnectionState(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /** What the pool says, without a state, of a connection that broke before a rollback: the rollback's failure hides the first. */
    private static boolean isClosed(SQLException failure) {
        return failure.getSQLState() == null && CLOSED.equals(failure.getMessage());
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
