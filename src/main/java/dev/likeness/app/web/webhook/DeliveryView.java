package dev.likeness.app.web.webhook;

import dev.likeness.app.web.openapi.Examples;
import dev.likeness.app.webhook.Delivery;
import dev.likeness.app.webhook.DeliveryError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Delivery", description = "An event on its way to a receiver.")
record DeliveryView(
        @Schema(description = "Id, which is also the webhook-id that the receiver gets.", example = Examples.DELIVERY)
        UUID id,

        @Schema(description = "Always delivery.", example = "delivery")
        String object,

        @Schema(description = "Id of the job.", example = Examples.JOB)
        UUID jobId,

        @Schema(
                description = "What is told.",
                example = "job.succeeded",
                allowableValues = {"job.succeeded", "job.failed", "job.canceled"})
        String event,

        @Schema(description = "The receiver, without the URL's query.", example = "https://example.com/hooks/likeness")
        String url,

        @Schema(
                description =
                        "pending: it will be tried, or tried again. delivered: answered with 2xx. failed: tried for"
                                + " as long as it is tried. disabled: answered with 410, so nothing more is sent there.",
                example = "pending",
                allowableValues = {"pending", "delivered", "failed", "disabled"})
        String status,

        @Schema(description = "Attempts so far, over all redeliveries.", example = "2")
        int attempts,

        @Schema(
                description = "Status that the last attempt was answered with; null if there was no answer.",
                example = "503",
                nullable = true)
        @Nullable
        Integer responseCode,

        @Schema(
                description = "Why the last attempt failed; null unless it did.",
                example = "http_status",
                nullable = true,
                allowableValues = {
                    "unknown_host",
                    "private_address",
                    "connection_failed",
                    "tls_failed",
                    "timed_out",
                    "http_status"
                })
        @Nullable
        String error,

        @Schema(description = "When it was made.", example = "2026-01-31T12:03:30.523456Z")
        Instant createdAt,

        @Schema(description = "When it was last tried.", example = "2026-01-31T12:03:36.123456Z", nullable = true)
        @Nullable
        Instant attemptedAt,

        @Schema(
                description = "When it is tried next; null unless it is pending.",
                example = "2026-01-31T12:03:58.123456Z",
                nullable = true)
        @Nullable
        Instant nextAttemptAt) {

    static DeliveryView of(Delivery delivery) {
        DeliveryError error = delivery.error();
        return new DeliveryView(
                delivery.id(),
                "delivery",
                delivery.jobId(),
                delivery.event(),
                delivery.url(),
                delivery.status().wire(),
                delivery.attempts(),
                delivery.responseCode(),
                error == null ? null : error.wire(),
                delivery.createdAt(),
                delivery.attemptedAt(),
                delivery.nextAttemptAt());
    }

    @Schema(name = "Deliveries", description = "What was sent of a job, or will be.")
    record DeliveriesView(
            @Schema(description = "The deliveries, newest first.")
            List<DeliveryView> results) {}
}
