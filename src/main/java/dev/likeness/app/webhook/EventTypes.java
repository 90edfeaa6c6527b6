package dev.likeness.app.webhook;

import java.util.List;

/** The values of an event's {@code type}. */
public final class EventTypes {

    public static final String SUCCEEDED = "job.succeeded";
    public static final String FAILED = "job.failed";
    public static final String CANCELED = "job.canceled";

    static final List<String> ALL = List.of(SUCCEEDED, FAILED, CANCELED);

    private EventTypes() {}
}
