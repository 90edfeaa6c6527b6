package dev.likeness.app.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a receiver.
 *
 * @param id also the {@code webhook-id} that the receiver gets, the same with every attempt
 * @param event its type
 * @param url without query and fragment
 * @param attempts so many there were, over all redeliveries
 * @param responseCode what the last one was answered with; null if there was no answer
 * @param error why the last one failed; null unless it did
 * @param nextAttemptAt null unless it is pending
 */
public record Delivery(
        UUID id,
        UUID jobId,
        String event,
        String url,
        DeliveryStatus status,
        int attempts,
        @Nullable Integer responseCode,
        @Nullable DeliveryError error,
        Instant createdAt,
        @Nullable Instant attemptedAt,
        @Nullable Instant nextAttemptAt) {}
