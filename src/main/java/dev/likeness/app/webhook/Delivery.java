package dev.likeness.app.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of an event to a receiver.
 *
 * @param id also the {@code webhook-id} of the call, the same for every attempt
 * @param event its type
 * @param url without query and fragment
 * @param attempts number of attempts, over all redeliveries
 * @param responseCode status of the last answer; null without an answer
 * @param error why the last attempt failed; null unless it failed
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
