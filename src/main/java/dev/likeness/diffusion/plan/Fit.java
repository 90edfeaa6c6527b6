package dev.likeness.diffusion.plan;

import java.util.List;

/** Whether a run fits into memory. */
public sealed interface Fit {

    /** The last plan that was looked at. */
    MemoryPlan plan();

    /** What was changed to get there, in order. */
    List<Change> changes();

    /** Bytes that the plan takes. */
    long peak();

    /** Bytes that there are. */
    long available();

    /** It does. */
    record Fits(MemoryPlan plan, List<Change> changes, long peak, long available) implements Fit {

        public Fits {
            changes = List.copyOf(changes);
        }
    }

    /** It does not, whatever is changed: the plan is the smallest one. */
    record Refused(MemoryPlan plan, List<Change> changes, long peak, long available) implements Fit {

        public Refused {
            changes = List.copyOf(changes);
        }
    }
}
