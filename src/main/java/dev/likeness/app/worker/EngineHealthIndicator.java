package dev.likeness.app.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** A worker whose engine failed the check is down and not ready. It is live, because a restart would not help. */
@InWorker
@Component
class EngineHealthIndicator implements HealthIndicator {

    private final EngineSelfCheck check;

    EngineHealthIndicator(EngineSelfCheck check) {
        this.check = check;
    }

    @Override
    public Health health() {
        EngineSelfCheck.Verdict verdict = check.verdict();
        String summary = verdict.summary() == null ? "" : verdict.summary();
        return switch (verdict.outcome()) {
            case UNKNOWN -> Health.unknown().build();
            case SKIPPED, PASSED -> Health.up().build();
            case FAILED ->
                Health.status(new Status(Status.DOWN.getCode(), summary)).build();
        };
    }
}
