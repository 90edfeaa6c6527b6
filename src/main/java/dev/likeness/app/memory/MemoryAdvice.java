package dev.likeness.app.memory;

import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.plan.MemoryPlan;
import dev.likeness.diffusion.plan.MemorySaving;
import dev.likeness.diffusion.plan.MethodMemory;
import dev.likeness.diffusion.plan.SamplingLoad;
import dev.likeness.diffusion.plan.Workload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Suggestions for a run that needs too much memory. It contains only what helps, with the memory that it needs.
 *
 * @param smallest smallest possible plan for the run
 * @param fixed memory savings that the request excludes
 * @param lighter further methods to suggest, with their memory
 * @param bytes that the run may use
 */
record MemoryAdvice(MemoryPlan smallest, Set<MemorySaving> fixed, Map<String, MethodMemory> lighter, long bytes) {

    private static final int SMALLEST_SIDE = 64;

    String words() {
        List<String> changes = new ArrayList<>();
        withoutFixed().ifPresent(changes::add);
        Workload run = smallest.workload();
        if (run.precision() == Precision.FP32) {
            helps("training.precision bf16", run(run.method(), run.resolution(), Precision.BF16, run.images()))
                    .ifPresent(changes::add);
        }
        lighter.forEach(
                (name, method) -> helps("method " + name, run(method, run.resolution(), run.precision(), run.images()))
                        .ifPresent(changes::add));
        smallerSide(
                        "training.resolution %d",
                        run.resolution(), side -> run(run.method(), side, run.precision(), run.images()))
                .or(() -> smallerSide(
                        "training.resolution, sampling.width and sampling.height %d",
                        run.resolution(), side -> run(run.method(), side, run.precision(), images(side))))
                .ifPresent(changes::add);
        changes.add("a device on which a task can use %s".formatted(MemoryWords.bytes(smallest.peak())));
        return "What helps: %s.".formatted(String.join("; or ", changes));
    }

    private Optional<String> withoutFixed() {
        MemoryPlan plan = smallest.fit(bytes, EnumSet.allOf(MemorySaving.class)).plan();
        Set<MemorySaving> lifted = smallest.fit(bytes, EnumSet.allOf(MemorySaving.class)).savings().stream()
                .filter(fixed::contains)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MemorySaving.class)));
        if (lifted.isEmpty() || plan.peak() > bytes) {
            return Optional.empty();
        }
        String fields = lifted.stream()
                .flatMap(change -> MemoryPlans.fields(change).stream())
                .map(field -> "training." + field)
                .collect(Collectors.joining(", "));
        return Optional.of("omitting %s from the spec, so that the plan can change it (%s)"
                .formatted(fields, MemoryWords.bytes(plan.peak())));
    }

    private Optional<String> helps(String words, Workload run) {
        long peak = new MemoryPlan(smallest.model(), run, smallest.options()).peak();
        return peak > bytes ? Optional.empty() : Optional.of("%s (%s)".formatted(words, MemoryWords.bytes(peak)));
    }

    /** The largest side below the current one that helps. */
    private Optional<String> smallerSide(String words, int present, IntFunction<Workload> run) {
        for (int side = present - SMALLEST_SIDE; side >= SMALLEST_SIDE; side -= SMALLEST_SIDE) {
            Optional<String> found = helps(words.formatted(side), run.apply(side));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Workload run(MethodMemory method, int resolution, Precision precision, List<SamplingLoad> images) {
        Workload run = smallest.workload();
        List<SamplingLoad> previews =
                images.equals(run.images()) ? run.previews() : resized(run.previews(), resolution);
        return new Workload(
                method, resolution, run.companions(), precision, run.fused(), images, previews, run.encodedInSteps());
    }

    private List<SamplingLoad> images(int side) {
        return resized(smallest.workload().images(), side);
    }

    private static List<SamplingLoad> resized(List<SamplingLoad> images, int side) {
        return images.stream()
                .map(load ->
                        new SamplingLoad(Math.min(side, load.width()), Math.min(side, load.height()), load.images()))
                .toList();
    }
}
