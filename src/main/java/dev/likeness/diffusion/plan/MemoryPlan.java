package dev.likeness.diffusion.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A run on a model, and the memory that it needs. If there is less memory, savings are applied in the order of
 * {@link MemorySaving}.
 */
public record MemoryPlan(ModelSize model, Workload workload, MemoryOptions options) {

    /** A plan with less memory, and the saving that was applied. */
    public record Step(MemoryPlan plan, MemorySaving saving) {}

    /** The memory of the run, part by part. */
    public MemoryEstimate estimate() {
        return new Estimator(this).estimate();
    }

    /** The overall peak in bytes. */
    public long peak() {
        return estimate().peak();
    }

    /** The same run with other options. */
    public MemoryPlan with(MemoryOptions other) {
        return new MemoryPlan(model, workload, other);
    }

    /**
     * The next smaller plan: the first saving that helps. Empty if no saving helps.
     *
     * @param allowed savings
     * @param measure the quantity to reduce
     */
    public Optional<Step> smaller(Set<MemorySaving> allowed, ToLongFunction<MemoryEstimate> measure) {
        long before = measure.applyAsLong(estimate());
        for (MemorySaving saving : MemorySaving.values()) {
            Optional<Step> step = allowed.contains(saving)
                    ? saving.apply(options).map(it -> new Step(with(it), saving))
                    : Optional.empty();
            if (step.isPresent() && measure.applyAsLong(step.get().plan().estimate()) < before) {
                return step;
            }
        }
        return Optional.empty();
    }

    /**
     * The first plan that fits, beginning with this one.
     *
     * @param available bytes
     * @param allowed savings
     */
    public Fit fit(long available, Set<MemorySaving> allowed) {
        MemoryPlan plan = this;
        List<Step> steps = new ArrayList<>();
        while (plan.peak() > available) {
            Optional<Step> smaller = plan.smaller(allowed, MemoryEstimate::peak);
            if (smaller.isEmpty()) {
                return new Fit.Refused(this, steps, available);
            }
            plan = smaller.get().plan();
            steps.add(smaller.get());
        }
        return new Fit.Fits(this, steps, available);
    }
}
