package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.plan.MemoryPlan.Step;
import java.util.List;

/** Whether a run fits into memory. */
public sealed interface Fit {

    /** The requested plan. */
    MemoryPlan wanted();

    /** The smaller plans that were tried, in order. */
    List<Step> steps();

    /** Available bytes. */
    long available();

    /** The last plan that was tried. */
    default MemoryPlan plan() {
        return steps().isEmpty() ? wanted() : steps().get(steps().size() - 1).plan();
    }

    /** The memory savings of the last plan, in order. */
    default List<MemorySaving> savings() {
        return steps().stream().map(Step::saving).toList();
    }

    /** Peak of the last plan in bytes. */
    default long peak() {
        return plan().peak();
    }

    /** It fits: the last plan. */
    record Fits(MemoryPlan wanted, List<Step> steps, long available) implements Fit {

        public Fits {
            steps = List.copyOf(steps);
        }
    }

    /** It does not fit, even with all allowed savings: the last plan is the smallest one. */
    record Refused(MemoryPlan wanted, List<Step> steps, long available) implements Fit {

        public Refused {
            steps = List.copyOf(steps);
        }
    }
}
