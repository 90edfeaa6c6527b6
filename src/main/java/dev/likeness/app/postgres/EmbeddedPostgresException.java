package dev.likeness.app.postgres;

/** The embedded PostgreSQL cannot be had here. The message says why, the action what can be done about it. */
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
