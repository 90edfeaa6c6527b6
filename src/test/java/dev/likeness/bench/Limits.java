package dev.likeness.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How far steps are from what the machine can do: the time that their operations take at the rate of the fastest
 * product that was measured, or their bytes at the rate of a large copy, whichever is longer (Williams, Waterman and Patterson 2009, Roofline).
 *
 * @param product a line of {@link MachineWorkload#MATMUL} or {@link MachineWorkload#CONVOLUTION}
 * @param copy a line of {@link MachineWorkload#COPY}
 */
record Limits(Map<String, Object> product, Map<String, Object> copy) {

    private static final List<String> PRODUCTS = List.of("matmul", "convolution");
    private static final String COPY = "copy";
    private static final Set<Object> MACHINE = Set.of("matmul", "convolution", COPY);

    /** A line for each of the lines that say how much work a step is; none if the machine was not measured. */
    static List<Map<String, Object>> of(List<Map<String, Object>> lines) {
        Map<String, Object> product = PRODUCTS.stream()
                .map(name -> named(lines, name))
                .filter(line -> !line.isEmpty())
                .max(Comparator.comparingDouble(line -> number(line, "flops_per_step") / seconds(line)))
                .orElse(Map.of());
        Map<String, Object> copy = named(lines, COPY);
        List<Map<String, Object>> limits = new ArrayList<>();
        if (!product.isEmpty() && !copy.isEmpty()) {
            lines.stream()
                    .filter(line -> line.containsKey("flops_per_step") && !MACHINE.contains(line.get("name")))
                    .forEach(line -> limits.add(new Limits(product, copy).line(line)));
        }
        return limits;
    }

    private static Map<String, Object> named(List<Map<String, Object>> lines, String name) {
        return lines.stream()
                .filter(line -> name.equals(line.get("name")) && Contender.LIKENESS.equals(line.get("by")))
                .findFirst()
                .orElse(Map.of());
    }

    private Map<String, Object> line(Map<String, Object> step) {
        double products = products(step, Limits::seconds);
        double memory = memory(step, Limits::seconds);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("limit", step.get("name"));
        line.put("model", step.get("model"));
        line.put("by", step.get("by"));
        line.put("size", step.get("size"));
        line.put("flops_per_step", step.get("flops_per_step"));
        line.put("bytes_per_step", step.get("bytes_per_step"));
        line.put("products_seconds", products);
        line.put("memory_seconds", memory);
        line.put("share", Math.max(products, memory) / seconds(step));
        line.put(
                "cpu_share",
                Math.max(products(step, Limits::cpuSeconds), memory(step, Limits::cpuSeconds)) / cpuSeconds(step));
        return line;
    }

    private double products(Map<String, Object> step, ToDoubleFunction<Map<String, Object>> seconds) {
        return number(step, "flops_per_step") * seconds.applyAsDouble(product) / number(product, "flops_per_step");
    }

    private double memory(Map<String, Object> step, ToDoubleFunction<Map<String, Object>> seconds) {
        return number(step, "bytes_per_step") * seconds.applyAsDouble(copy) / number(copy, "bytes_per_step");
    }

    private static double seconds(Map<String, Object> line) {
        return number(line, "median_seconds");
    }

    private static double cpuSeconds(Map<String, Object> line) {
        return number(line, "cpu_seconds") / number(line, "steps");
    }

    private static double number(Map<String, Object> line, String field) {
        return line.get(field) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
