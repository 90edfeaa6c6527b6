package dev.likeness.app.notification;

/** What the database notifies processes of, with triggers on its tables. */
public enum Channel {
    /** A task waits. The payload is the time from which it may be leased, in milliseconds since 1970. */
    TASKS("likeness_tasks"),
    /** A job has an event that clients wait for. There is no payload. */
    EVENTS("likeness_events");

    private final String identifier;

    Channel(String identifier) {
        this.identifier = identifier;
    }

    /** Its name in the database. */
    String identifier() {
        return identifier;
    }
}
