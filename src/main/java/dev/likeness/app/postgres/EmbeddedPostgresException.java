package dev.likeness.app.postgres;

/** The embedded PostgreSQL cannot run here. The message says why, and the action says what to do. */
final class EmbeddedPostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final String USE_A_SERVER = "set spring.datasource.url to a PostgreSQL server";

    private final String action;

    EmbeddedPostgresException(String message, String action) {
        super(message);
        this.action = action;
    }

    EmbeddedPostgresException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
