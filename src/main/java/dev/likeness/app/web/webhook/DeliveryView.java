package dev.likeness.app.web.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.webhook.Delivery;
import dev.likeness.app.webhook.DeliveryError;
import dev.likeness.app.webhook.DeliveryStatus;
import dev.likeness.app.webhook.WebhookEventType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Delivery")
record DeliveryView(
        UUID id,

        String object,

        @JsonUnwrapped AboutView about,

        @Schema(implementation = WebhookEventType.class) String event,

        String url,

        DeliveryStatus status,

        @JsonUnwrapped AttemptsView attempts,

        Instant createdAt) {

    static DeliveryView of(Delivery delivery) {
        return new DeliveryView(
                delivery.id(),
                "delivery",
                AboutView.of(delivery.task()),
                delivery.event(),
                delivery.url(),
                delivery.status(),
                AttemptsView.of(delivery.attempts()),
                delivery.createdAt());
    }

    /** @param jobId null for other tasks; for clients of earlier releases */
    record AboutView(@Schema(nullable = true) @Nullable UUID jobId, DeliveredTaskView task) {

        static AboutView of(TaskRef task) {
            return new AboutView(
                    task.kind() == TaskRef.Kind.JOB ? task.id() : null, new DeliveredTaskView(task.kind(), task.id()));
        }
    }

    @Schema(name = "DeliveredTask")
    record DeliveredTaskView(TaskRef.Kind kind, UUID id) {}

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
