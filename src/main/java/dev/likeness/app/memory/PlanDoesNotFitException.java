package dev.likeness.app.memory;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.springframework.util.StringUtils;

/** A job needs more memory than any device has, with every memory saving that its settings allow. */
public final class PlanDoesNotFitException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final transient Shortage shortage;

    PlanDoesNotFitException(Shortage shortage) {
        super(shortage.message());
        this.shortage = shortage;
    }

    public Shortage shortage() {
        return shortage;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.PLAN_DOES_NOT_FIT;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("reason", StringUtils.capitalize(shortage.message()));
    }

    @Override
    public Map<String, Object> figures() {
        return Map.of("device_bytes", shortage.deviceBytes(), "plans", shortage.plans());
    }

    /**
     * Needed and available memory.
     *
     * @param plans from the requested one to the smallest
     * @param device with the most memory
     * @param deviceBytes that a task can use of it
     * @param message what is too large, and what to do
     */
    public record Shortage(List<Plan> plans, String device, long deviceBytes, String message) {

        public Shortage {
            plans = List.copyOf(plans);
        }
    }

    /**
     * A plan that does not fit.
     *
     * @param economies memory savings of the plan, as text
     * @param plannedBytes peak memory
     */
    @Schema(name = "TriedPlan")
    public record Plan(List<String> economies, long plannedBytes) {

        public Plan {
            economies = List.copyOf(economies);
        }
    }
}
