package dev.likeness.app.task;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Transient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.AfterDomainEventPublication;
import org.springframework.data.domain.DomainEvents;

/** The events of a task's changes. {@link TaskRepository#save} publishes them in the transaction of the change. */
@MappedSuperclass
abstract class EventSource {

    @Transient
    private final List<Object> events = new ArrayList<>();

    @Transient
    private boolean handedOver;

    public abstract UUID id();

    /** Registers an event, to be published in this transaction when the task is saved. */
    protected void registerEvent(Object event) {
        events.add(event);
        handedOver = false;
    }

    /** The events to publish. */
    @DomainEvents
    Collection<Object> handOverEvents() {
        handedOver = true;
        return List.copyOf(events);
    }

    @AfterDomainEventPublication
    void forgetEvents() {
        events.clear();
    }

    /** Without {@link TaskRepository#save} the events of a change would be lost. */
    @PreUpdate
    void requirePublished() {
        if (!events.isEmpty() && !handedOver) {
            throw new IllegalStateException("task %s was changed and not saved: %s".formatted(id(), events));
        }
    }
}
