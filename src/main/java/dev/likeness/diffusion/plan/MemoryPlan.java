package dev.likeness.diffusion.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run on a model, and the memory it is going to take. Where there is less, it steps down in the order of {@link Change}.
 */
public record MemoryPlan(ModelSize model, Run run, Economy economy) {

    /** A plan with less memory, and what makes the difference. */
    public record Step(MemoryPlan plan, Change change) {}

    /** What the run takes, part by part. */
    public MemoryEstimate estimate() {
        return new Estimator(this).estimate();
    }

    /** The most bytes that the run takes at once. */
    public long peak() {
        return estimate().peak();
    }

    /** The next smaller plan: the first change that saves memory. Empty if none does any more. */
    public Optional<Step> smaller() {
        long peak = peak();
        for (Change change : Change.values()) {
            Optional<Step> step = change.apply(economy).map(it -> new Step(new MemoryPlan(model, run, it), change));
            if (step.isPresent() && step.get().plan().peak() < peak) {
                return step;
            }
        }
        return Optional.empty();
    }

    /**
     * The first plan that fits, from this one down.
     *
     * @param available bytes
     */
    public Fit fit(long available) {
        MemoryPlan plan = this;
        List<Change> changes = new ArrayList<>();
        while (plan.peak() > available) {
            Optional<Step> smaller = plan.smaller();
            if (smaller.isEmpty()) {
                return new Fit.Refused(plan, changes, plan.peak(), available);
            }
            plan = smaller.get().plan();
            changes.add(smaller.get().change());
        }
        return new Fit.Fits(plan, changes, plan.peak(), available);
    }
}
