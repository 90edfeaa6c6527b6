package dev.likeness.app.web.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.webhook.Delivery;
import dev.likeness.app.webhook.DeliveryError;
import dev.likeness.app.webhook.DeliveryStatus;
import dev.likeness.app.webhook.EventTypes;
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

        @Schema(allowableValues = {EventTypes.SUCCEEDED, EventTypes.FAILED, EventTypes.CANCELED})
        String event,

        String url,

        DeliveryStatus status,

        @JsonUnwrapped AttemptsView attempts,

        Instant createdAt) {

    static DeliveryView of(Delivery delivery) {
        return new DeliveryView(
                delivery.id(),
                "delivery",
                delivery.jobId(),
                delivery.event(),
                delivery.url(),
                delivery.status(),
                AttemptsView.of(delivery.attempts()),
                delivery.createdAt());
    }

    record AttemptsView(
            int attempts,

            @Schema(nullable = true) @Nullable Integer responseCode,

            @Schema(nullable = true) @Nullable DeliveryError error,

            @Schema(nullable = true) @Nullable Instant attemptedAt,

            @Schema(nullable = true) @Nullable Instant nextAttemptAt) {

        static AttemptsView of(Delivery.Attempts attempts) {
            return new AttemptsView(
                    attempts.number(), attempts.responseCode(), attempts.error(), attempts.last(), attempts.next());
        }
    }

    @Schema(name = "Deliveries")
    record DeliveriesView(List<DeliveryView> results) {}
}
