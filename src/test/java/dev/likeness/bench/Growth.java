package dev.likeness.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** One quantity that the time and memory of a step or a run grow with, and the sizes that are measured. */
enum Growth {
    RESOLUTION(List.of("train-lora", "sample"), "cpu_seconds", 64, 96, 128, 192) {
        @Override
        Task.Size size(Task.Size from, int value) {
            return new Task.Size(value, from.batch(), from.rank(), from.vectors(), from.images());
        }
    },
    BATCH(List.of("train-lora", "sample"), "cpu_seconds", 1, 2, 4, 8, 16) {
        @Override
        Task.Size size(Task.Size from, int value) {
            return new Task.Size(from.side(), value, from.rank(), from.vectors(), from.images());
        }
    },
    VECTORS(List.of("train-ti"), "cpu_seconds", 1, 2, 4, 8, 16) {
        @Override
        Task.Size size(Task.Size from, int value) {
            return new Task.Size(from.side(), from.batch(), from.rank(), value, from.images());
        }
    },
    RANK(List.of("train-lora"), "cpu_seconds", 1, 4, 16, 64) {
        @Override
        Task.Size size(Task.Size from, int value) {
            return new Task.Size(from.side(), from.batch(), value, from.vectors(), from.images());
        }
    },
    /** Pictures of the subject, which are encoded before the first step. */
    IMAGES(List.of("train-lora"), "first_step_cpu_seconds", 6, 24, 96, 384) {
        @Override
        Task.Size size(Task.Size from, int value) {
            return new Task.Size(from.side(), from.batch(), from.rank(), from.vectors(), value);
        }
    },
    /** The time of all steps together, rather than of one. */
    STEPS(List.of("train-lora", "sample"), "all_cpu_seconds", 5, 10, 20, 40, 80) {
        @Override
        Task.Size size(Task.Size from, int value) {
            return from;
        }

        @Override
        Task.Effort effort(Task.Effort from, int value) {
            return new Task.Effort(from.warmup(), value, from.threads(), from.device());
        }
    };

    private static final String MEMORY = "peak_resident_bytes";

    /** Two points lie on a power of any constant. */
    private static final int FEWEST = 3;

    private final List<String> workloads;
    private final String time;
    private final int[] values;

    Growth(List<String> workloads, String time, int... values) {
        this.workloads = workloads;
        this.time = time;
        this.values = values;
    }

    /** @throws IllegalArgumentException if the name is unknown */
    static Growth named(String name) {
        return Arrays.stream(values())
                .filter(it -> it.wire().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is no quantity that steps grow with; those are %s".formatted(name, all())));
    }

    /** All names. */
    static List<String> all() {
        return Arrays.stream(values()).map(Growth::wire).toList();
    }

    private String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract Task.Size size(Task.Size from, int value);

    Task.Effort effort(Task.Effort from, int value) {
        return from;
    }

    /** One size of one workload. */
    record Point(Growth growth, int at, Task task) {}

    /** @param task everything but the workload and its size */
    List<Point> points(Task task) {
        List<Point> points = new ArrayList<>();
        for (String workload : workloads) {
            for (int value : values) {
                points.add(new Point(
                        this,
                        value,
                        new Task(
                                workload,
                                task.model(),
                                task.folder(),
                                task.inputs(),
                                size(task.size(), value),
                                effort(task.effort(), value),
                                task.job())));
            }
        }
        return points;
    }

    /**
     * A line for each point, and one for the growth of each workload's time and memory if it has at least three points.
     *
     * @param points of one growth
     * @param lines those of the points' tasks
     */
    List<Map<String, Object>> lines(List<Point> points, List<Map<String, Object>> lines) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String workload : workloads) {
            int[] of = IntStream.range(0, points.size())
                    .filter(i -> points.get(i).task().workload().equals(workload))
                    .toArray();
            double[] at = Arrays.stream(of).mapToDouble(i -> points.get(i).at()).toArray();
            double[] seconds =
                    Arrays.stream(of).mapToDouble(i -> seconds(lines.get(i))).toArray();
            double[] bytes = Arrays.stream(of)
                    .mapToDouble(i -> number(lines.get(i), MEMORY))
                    .toArray();
            for (int i = 0; i < of.length; i++) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("growth", wire());
                line.put("workload", workload);
                line.put("model", points.get(of[i]).task().model());
                line.put("at", points.get(of[i]).at());
                line.put(time, seconds[i]);
                line.put(MEMORY, (long) bytes[i]);
                all.add(line);
            }
            if (of.length >= FEWEST) {
                all.add(exponent(workload, time, PowerLaw.fit(at, seconds)));
                all.add(exponent(workload, MEMORY, PowerLaw.fit(at, bytes)));
            }
        }
        return all;
    }

    private double seconds(Map<String, Object> line) {
        return switch (time) {
            case "cpu_seconds" -> number(line, "cpu_seconds") / number(line, "steps");
            case "all_cpu_seconds" -> number(line, "cpu_seconds");
            default -> number(line, time);
        };
    }

    private static double number(Map<String, Object> line, String field) {
        return line.get(field) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private Map<String, Object> exponent(String workload, String of, PowerLaw law) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("growth", wire());
        line.put("workload", workload);
        line.put("of", of);
        line.put("exponent", law.exponent());
        line.put("constant", law.constant());
        line.put("exponent_above_constant", law.exponentAboveConstant());
        return line;
    }
}
