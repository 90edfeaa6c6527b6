package dev.likeness.app.webhook;

import java.util.List;

/** The values of an event's {@code type}. */
final class EventTypes {

    static final List<String> ALL = List.of("job.succeeded", "job.failed", "job.canceled");

    private EventTypes() {}
}
