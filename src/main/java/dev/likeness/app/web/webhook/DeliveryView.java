package dev.likeness.app.web.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.webhook.Delivery;
import dev.likeness.app.webhook.DeliveryError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Delivery")
record DeliveryView(
        UUID id,

        String object,

        UUID jobId,

        @Schema(allowableValues = {"job.succeeded", "job.failed", "job.canceled"})
        String event,

        String url,

        @Schema(allowableValues = {"pending", "delivered", "failed", "disabled"})
        String status,

        @JsonUnwrapped AttemptsView attempts,

        Instant createdAt) {

    static DeliveryView of(Delivery delivery) {
        return new DeliveryView(
                delivery.id(),
                "delivery",
                delivery.jobId(),
                delivery.event(),
                delivery.url(),
                delivery.status().wire(),
                AttemptsView.of(delivery.attempts()),
                delivery.createdAt());
    }

    record AttemptsView(
            int attempts,

            @Schema(nullable = true) @Nullable Integer responseCode,

            @Schema(
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

            @Schema(nullable = true) @Nullable Instant attemptedAt,

            @Schema(nullable = true) @Nullable Instant nextAttemptAt) {

        static AttemptsView of(Delivery.Attempts attempts) {
            DeliveryError error = attempts.error();
            return new AttemptsView(
                    attempts.number(),
                    attempts.responseCode(),
                    error == null ? null : error.wire(),
                    attempts.last(),
                    attempts.next());
        }
    }

    @Schema(name = "Deliveries")
    record DeliveriesView(List<DeliveryView> results) {}
}
