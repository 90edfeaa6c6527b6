package dev.likeness.app.queue;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Whether the database was away, as opposed to not liking what it was told. */
public final class DatabaseOutage {

    private static final String CLOSED = "Connection is closed";

    private DatabaseOutage() {}

    /** Whether that is behind a failure. */
    public static boolean isBehind(Throwable failure) {
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
}
