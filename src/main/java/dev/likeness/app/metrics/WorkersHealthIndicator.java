package dev.likeness.app.metrics;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Reports workers that take no task because their engine fails its self-check. This status does not change the overall
 * status, because the API answers as before and other workers do the work.
 */
@Component
@ConditionalOnWebApplication
class WorkersHealthIndicator implements HealthIndicator {

    static final String DEGRADED = "DEGRADED";

    private final BacklogMetrics backlog;

    WorkersHealthIndicator(BacklogMetrics backlog) {
        this.backlog = backlog;
    }

    @Override
    public Health health() {
        Backlog present = backlog.present();
        if (present == null) {
            return Health.unknown().build();
        }
        String refusal = present.refusal();
        return refusal == null
                ? Health.up().build()
                : Health.status(new Status(DEGRADED, refusal)).build();
    }
}
