package dev.likeness.app.webhook;

import dev.likeness.app.task.TaskRef;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of an event to a receiver.
 *
 * @param id also the {@code webhook-id} of the call, the same for every attempt
 * @param event its type
 * @param url without query and fragment
 */
public record Delivery(
        UUID id, TaskRef task, String event, String url, DeliveryStatus status, Attempts attempts, Instant createdAt) {

    /**
     * The attempts of a delivery.
     *
     * @param number of attempts, over all redeliveries
     * @param responseCode status of the last answer; null without an answer
     * @param error why the last attempt failed; null unless it failed
     * @param last time of the last attempt; null before the first attempt
     * @param next time of the next attempt; null unless the delivery is pending
     */
    public record Attempts(
            int number,
            @Nullable Integer responseCode,
            @Nullable DeliveryError error,
            @Nullable Instant last,
            @Nullable Instant next) {}
}
