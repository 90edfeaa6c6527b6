package dev.likeness.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The lines that are printed: one for each workload and contender, one for each ratio. */
final class Summary {

    private static final double TOLERANCE = 1e-3;

    /** Of computations in bf16 and fp16. */
    private static final double REDUCED_TOLERANCE = 2e-2;

    private Summary() {}

    /** A workload by one contender, over its repetitions. */
    static Map<String, Object> line(Task task, String contender, List<Sample> samples) {
        double[] medians = medians(samples);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", task.workload());
        line.put("model", task.model());
        line.put("by", contender);
        line.put("median_seconds", quantile(medians, 0.5));
        line.put("quartiles_seconds", List.of(quantile(medians, 0.25), quantile(medians, 0.75)));
        line.put("steps_per_second", 1 / quantile(medians, 0.5));
        line.put("repetitions", samples.size());
        line.put("steps", task.effort().steps());
        line.put("warmup_steps", task.effort().warmup());
        line.put("wall_seconds", median(samples, it -> it.used().wallSeconds()));
        line.put("cpu_seconds", median(samples, it -> it.used().cpuSeconds()));
        line.put(
                "minor_faults_per_step",
                median(
                        samples,
                        it -> (double) it.used().minorFaults()
                                / it.stepSeconds().size()));
        line.put("others_cpu_seconds", median(samples, it -> it.used().othersCpuSeconds()));
        line.put("first_step_seconds", median(samples, Sample::firstStepSeconds));
        if (samples.stream().allMatch(it -> it.firstStepCpuSeconds() != null)) {
            line.put("first_step_cpu_seconds", median(samples, it -> it.firstStepCpuSeconds()));
        }
        line.put(LoadWorkload.isOne(task.workload()) ? "figures" : "parts_seconds", parts(samples));
        line.put("peak_resident_bytes", (long) median(samples, it -> it.peak().resident()));
        line.put("peak_resident_steps_bytes", (long)
                median(samples, it -> it.peak().residentSteps()));
        line.put("peak_device_bytes", device(samples));
        line.put("threads", task.effort().threads());
        line.put("cores", Runtime.getRuntime().availableProcessors());
        line.put("device", task.effort().device());
        line.put("size", task.size());
        line.put("losses", samples.get(0).losses());
        line.put("versions", samples.get(0).versions());
        return line;
    }

    /**
     * A contender's share of another's time and memory: each repetition is compared with the other's same one, which ran
     * right before or after.
     */
    static Map<String, Object> ratio(Task task, String of, List<Sample> ours, String to, List<Sample> theirs) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ratio", task.workload());
        line.put("model", task.model());
        line.put("of", of);
        line.put("to", to);
        double[] time = ratios(ours, theirs, Summary::medianStep);
        line.put("time", quantile(time, 0.5));
        line.put("time_range", List.of(quantile(time, 0), quantile(time, 1)));
        line.put("cpu", quantile(ratios(ours, theirs, it -> it.used().cpuSeconds()), 0.5));
        line.put("peak_resident", quantile(ratios(ours, theirs, it -> it.peak().resident()), 0.5));
        line.put("first_step", quantile(ratios(ours, theirs, Sample::firstStepSeconds), 0.5));
        line.put("repetitions", time.length);
        Double difference = difference(ours.get(0), theirs.get(0));
        if (difference != null) {
            line.put("difference", difference);
            line.put("same_work", difference <= tolerance(task));
        }
        return line;
    }

    /**
     * How far two contenders are from having done the same work: the share by which the losses of the first steps differ,
     * or the results of other work. Null if they cannot be compared.
     */
    private static @Nullable Double difference(Sample ours, Sample theirs) {
        if (ours.losses().isEmpty() || theirs.losses().isEmpty()) {
            return theirs.difference();
        }
        double expected = ours.losses().get(0);
        return Math.abs(theirs.losses().get(0) - expected) / expected;
    }

    private static double tolerance(Task task) {
        return task.workload().contains("16") ? REDUCED_TOLERANCE : TOLERANCE;
    }

    /** The median of each part. */
    private static Map<String, Double> parts(List<Sample> samples) {
        Map<String, Double> parts = new LinkedHashMap<>();
        for (String name : samples.get(0).parts().keySet()) {
            parts.put(name, median(samples, it -> it.parts().getOrDefault(name, Double.NaN)));
        }
        return parts;
    }

    private static Object device(List<Sample> samples) {
        return samples.stream().allMatch(it -> it.peak().device() == null)
                ? "none"
                : samples.stream()
                        .mapToLong(
                                it -> it.peak().device() == null ? 0 : it.peak().device())
                        .max()
                        .orElse(0);
    }

    private static double[] medians(List<Sample> samples) {
        return samples.stream().mapToDouble(Summary::medianStep).toArray();
    }

    /** Seconds of a repetition's median step. */
    static double medianStep(Sample sample) {
        return quantile(
                sample.stepSeconds().stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return quantile(samples.stream().mapToDouble(value).toArray(), 0.5);
    }

    private static double[] ratios(List<Sample> ours, List<Sample> theirs, ToDoubleFunction<Sample> value) {
        return IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToDouble(i -> value.applyAsDouble(ours.get(i)) / value.applyAsDouble(theirs.get(i)))
                .toArray();
    }

    /** Interpolates linearly between the sorted values, as numpy does. */
    static double quantile(double[] values, double share) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
