package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.plan.MemoryPlan.Step;
import java.util.List;

/** Whether a run fits into memory. */
public sealed interface Fit {

    /** The plan that was asked for. */
    MemoryPlan wanted();

    /** The smaller plans that were looked at, in order. */
    List<Step> steps();

    /** Bytes that there are. */
    long available();

    /** The last plan that was looked at. */
    default MemoryPlan plan() {
        return steps().isEmpty() ? wanted() : steps().get(steps().size() - 1).plan();
    }

    /** What saved memory to get there, in order. */
    default List<MemorySaving> savings() {
        return steps().stream().map(Step::saving).toList();
    }

    /** Bytes that the last plan takes. */
    default long peak() {
        return plan().peak();
    }

    /** It does: the last plan. */
    record Fits(MemoryPlan wanted, List<Step> steps, long available) implements Fit {

        public Fits {
            steps = List.copyOf(steps);
        }
    }

    /** It does not, whatever may be changed is changed: the last plan is the smallest one. */
    record Refused(MemoryPlan wanted, List<Step> steps, long available) implements Fit {

        public Refused {
            steps = List.copyOf(steps);
        }
    }
}
