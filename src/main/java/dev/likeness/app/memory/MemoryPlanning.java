package dev.likeness.app.memory;

import dev.likeness.app.memory.JobMemory.Saving;
import dev.likeness.app.memory.PlanDoesNotFitException.Plan;
import dev.likeness.app.memory.PlanDoesNotFitException.Shortage;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.task.LiveWorkers;
import dev.likeness.app.task.LiveWorkers.DeviceBudget;
import dev.likeness.app.task.Phase;
import dev.likeness.diffusion.plan.Fit;
import dev.likeness.diffusion.plan.MemoryEstimate;
import dev.likeness.diffusion.plan.MemoryPlan;
import dev.likeness.diffusion.plan.MemorySaving;
import dev.likeness.diffusion.plan.SamplingLoad;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Plans the memory of a job. Changes its settings as far as needed and allowed, so that it fits. */
@Component
public class MemoryPlanning {

    /** The estimate was too low, so a suggested alternative must need at most 85 % of it. */
    private static final double CLEARLY_LESS = 0.85;

    private final MemoryPlans plans;
    private final LiveWorkers workers;

    MemoryPlanning(MemoryPlans plans, LiveWorkers workers) {
        this.plans = plans;
        this.workers = workers;
    }

    /**
     * A spec that fits, with its memory.
     *
     * @param taken memory savings that were applied by this call
     */
    public record Planned(JobSpec spec, JobMemory memory, List<Saving> taken) {}

    /**
     * Plans for the active worker with the most memory. If no worker is known, the spec stays unchanged, and the worker
     * plans.
     *
     * @param request its fields must not be changed
     * @return empty if the size of the model is unknown
     * @throws PlanDoesNotFitException if no plan fits
     */
    public Optional<Planned> plan(JobSpec spec, ObjectNode request) {
        return plans.of(spec, SamplingLoad.LARGEST_BATCH).map(wanted -> plan(spec, request, wanted));
    }

    private Planned plan(JobSpec spec, ObjectNode request, MemoryPlan wanted) {
        List<String> fixed =
                MemoryPlans.fixed(request).stream().map(MemorySaving::wire).toList();
        JobMemory memory = new JobMemory(wanted.peak(), null, null, SamplingLoad.LARGEST_BATCH, List.of(), fixed);
        return workers.largest(null)
                .map(budget -> fit(spec, memory, wanted, budget))
                .orElse(new Planned(spec, memory, List.of()));
    }

    /**
     * Plans again for the memory that a device has now.
     *
     * @return empty if the size of the model is unknown
     * @throws PlanDoesNotFitException if no plan fits
     */
    public Optional<Planned> fit(JobSpec spec, @Nullable JobMemory memory, DeviceBudget budget) {
        return memory == null
                ? Optional.empty()
                : plans.of(spec, memory.imagesAtOnce()).map(wanted -> fit(spec, memory, wanted, budget));
    }

    private Planned fit(JobSpec spec, JobMemory memory, MemoryPlan wanted, DeviceBudget budget) {
        Fit fit = wanted.fit(budget.bytes(), allowed(memory));
        if (fit instanceof Fit.Refused) {
            throw new PlanDoesNotFitException(shortage(spec, fit, memory, budget));
        }
        return planned(spec, memory, fit.plan(), fit.savings(), budget);
    }

    /**
     * The next smaller plan for a job that ran out of memory.
     *
     * @param phase in which it ran out of memory
     */
    public Optional<Planned> smaller(JobSpec spec, @Nullable JobMemory memory, @Nullable Phase phase) {
        if (memory == null) {
            return Optional.empty();
        }
        ToLongFunction<MemoryEstimate> measure = phase == Phase.TRAINING
                ? MemoryEstimate::training
                : phase == Phase.PRIOR_IMAGES || phase == Phase.SAMPLING
                        ? MemoryEstimate::samplingPeak
                        : MemoryEstimate::peak;
        return plans.of(spec, memory.imagesAtOnce())
                .flatMap(plan -> plan.smaller(allowed(memory), measure))
                .map(step -> planned(spec, memory, step.plan(), List.of(step.saving()), null));
    }

    /**
     * Plans the rest of a job after its training. The settings of training stay unchanged.
     *
     * @return empty if the size of the model is unknown, or no change is needed
     */
    public Optional<Planned> sampling(JobSpec spec, @Nullable JobMemory memory, DeviceBudget budget) {
        boolean fits = memory == null
                || plans.of(spec, memory.imagesAtOnce())
                        .map(plan -> plan.estimate().samplingPeak() <= budget.bytes())
                        .orElse(true);
        return fits ? Optional.empty() : smallerSampling(spec, memory);
    }

    /** Generates one image at a time. Empty if it does so already. */
    public Optional<Planned> smallerSampling(JobSpec spec, @Nullable JobMemory memory) {
        if (memory == null) {
            return Optional.empty();
        }
        return plans.of(spec, memory.imagesAtOnce())
                .flatMap(plan -> plan.smaller(EnumSet.of(MemorySaving.SINGLE_IMAGES), MemoryEstimate::samplingPeak))
                .map(step -> planned(spec, memory, step.plan(), List.of(step.saving()), null));
    }

    /** Suggestions for a job that ran out of memory and has no smaller plan. */
    public String advice(JobSpec spec, @Nullable JobMemory memory) {
        if (memory == null) {
            return "";
        }
        Long device = memory.deviceBytes();
        long less = (long) (memory.plannedBytes() * CLEARLY_LESS);
        return plans.of(spec, memory.imagesAtOnce())
                .map(plan -> new MemoryAdvice(
                                plan,
                                fixed(memory),
                                MemoryPlans.lighter(spec),
                                device == null ? less : Math.min(device, less))
                        .words())
                .orElse("");
    }

    private Planned planned(
            JobSpec spec,
            JobMemory before,
            MemoryPlan plan,
            List<MemorySaving> changes,
            @Nullable DeviceBudget budget) {
        List<Saving> taken = changes.stream().map(MemoryWords::saving).toList();
        List<Saving> all = new ArrayList<>(before.economies());
        all.addAll(taken);
        JobMemory memory = new JobMemory(
                plan.peak(),
                budget == null ? before.device() : budget.device(),
                budget == null ? before.deviceBytes() : Long.valueOf(budget.bytes()),
                plan.options().imagesAtOnce(),
                all,
                before.fixed());
        return new Planned(changes.isEmpty() ? spec : plans.with(spec, plan.options()), memory, taken);
    }

    private static Shortage shortage(JobSpec spec, Fit fit, JobMemory memory, DeviceBudget budget) {
        List<Plan> tried = new ArrayList<>();
        tried.add(new Plan(List.of(), fit.wanted().peak()));
        for (int i = 0; i < fit.steps().size(); i++) {
            List<String> economies = Stream.concat(
                            memory.economies().stream().map(Saving::words),
                            fit.savings().subList(0, i + 1).stream().map(MemorySaving::words))
                    .toList();
            tried.add(new Plan(economies, fit.steps().get(i).plan().peak()));
        }
        String message = "the smallest plan needs %s of memory, but a task can use %s on the device %s. %s"
                .formatted(
                        MemoryWords.bytes(fit.peak()),
                        MemoryWords.bytes(budget.bytes()),
                        budget.device(),
                        new MemoryAdvice(fit.plan(), fixed(memory), MemoryPlans.lighter(spec), budget.bytes()).words());
        return new Shortage(tried, budget.device(), budget.bytes(), message);
    }

    private static Set<MemorySaving> allowed(JobMemory memory) {
        return EnumSet.complementOf(fixed(memory));
    }

    private static EnumSet<MemorySaving> fixed(JobMemory memory) {
        return memory.fixed().stream()
                .map(name -> Wire.named(MemorySaving.class, name))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MemorySaving.class)));
    }
}
