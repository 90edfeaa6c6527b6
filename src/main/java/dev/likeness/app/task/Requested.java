package dev.likeness.app.task;

import jakarta.persistence.MappedSuperclass;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a client says about a task besides its settings. None of it changes the result. */
@MappedSuperclass
abstract class Requested extends EventSource {

    /** Between events of progress. */
    static final Duration PROGRESS_PAUSE = Duration.ofSeconds(5);

    private int priority;
    private @Nullable Instant queuePlace;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> labels = Map.of();

    private @Nullable String webhook;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable Set<WebhookEvent> webhookEvents;

    private @Nullable Instant webhookNotedAt;

    /** When the task began to wait. */
    protected abstract Instant waitsSince();

    /**
     * Sets the priority and with it the place in the queue.
     *
     * @param priority {@value TaskPriority#LOWEST} to {@value TaskPriority#HIGHEST}
     */
    void prioritise(int priority) {
        this.priority = priority;
        this.queuePlace = priority == TaskPriority.NORMAL ? null : TaskPriority.place(waitsSince(), priority);
    }

    /** The task begins to wait again, with its priority. */
    protected void waitAgain() {
        prioritise(priority);
    }

    /** @param labels see {@link Labels} */
    void label(Map<String, String> labels) {
        this.labels = Map.copyOf(labels);
    }

    /**
     * Sets who is called.
     *
     * @param webhook URL of the receiver
     * @param events for which it is called
     */
    public void callBack(String webhook, Set<WebhookEvent> events) {
        this.webhook = webhook;
        this.webhookEvents = Set.copyOf(events);
    }

    /** Whether the receiver is to be told of the start, which is told once. */
    boolean tellsStart(Instant now) {
        boolean first = webhookNotedAt == null && wants(WebhookEvent.START);
        if (first) {
            webhookNotedAt = now;
        }
        return first;
    }

    /** Whether the receiver is to be told of progress, which is told at most once in {@link #PROGRESS_PAUSE}. */
    boolean tellsProgress(Instant now) {
        Instant last = webhookNotedAt;
        boolean due = wants(WebhookEvent.PROGRESS) && (last == null || !now.isBefore(last.plus(PROGRESS_PAUSE)));
        if (due) {
            webhookNotedAt = now;
        }
        return due;
    }

    private boolean wants(WebhookEvent event) {
        return webhook != null && webhookEvents != null && webhookEvents.contains(event);
    }

    public int priority() {
        return priority;
    }

    /** The place in the queue; the earliest one is next. */
    public Instant queuePlace() {
        return queuePlace == null ? waitsSince() : queuePlace;
    }

    public Map<String, String> labels() {
        return Map.copyOf(labels);
    }
}
