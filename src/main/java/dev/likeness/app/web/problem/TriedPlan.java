package dev.likeness.app.web.problem;

import dev.likeness.app.job.PlanDoesNotFitException.Plan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A plan that takes more memory than there is. */
@Schema(name = "TriedPlan", description = "A plan that takes more memory than there is.")
public record TriedPlan(
        @Schema(
                description = "What is changed in it, in words; empty for the job as it was asked for.",
                example = "[\"gradient checkpointing: activations are computed twice instead of kept\"]")
        List<String> economies,

        @Schema(description = "Most bytes at once.", example = "17400000000")
        long plannedBytes) {

    public static TriedPlan of(Plan plan) {
        return new TriedPlan(plan.economies(), plan.bytes());
    }
}
