package dev.likeness.app.queue;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells a database outage from an error of a statement. */
public final class DatabaseOutage {

    private static final String CLOSED = "Connection is closed";

    private DatabaseOutage() {}

    /** Whether an outage caused a failure. */
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

    /** Class 08 is a broken connection, 57P a server that is stopping, stopped or starting. */
    private static boolean isConnectionState(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /**
     * The pool's message, without a state, for a connection that broke before a rollback. The rollback's failure hides
     * the first one.
     */
    private static boolean isClosed(SQLException failure) {
        return failure.getSQLState() == null && CLOSED.equals(failure.getMessage());
    }
}
