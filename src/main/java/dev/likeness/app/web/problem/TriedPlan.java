package dev.likeness.app.web.problem;

import dev.likeness.app.memory.PlanDoesNotFitException.Plan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A plan that takes more memory than there is. */
@Schema(name = "TriedPlan")
public record TriedPlan(List<String> economies, long plannedBytes) {

    public static TriedPlan of(Plan plan) {
        return new TriedPlan(plan.economies(), plan.bytes());
    }
}
