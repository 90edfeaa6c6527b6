package dev.likeness.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures workloads and prints a line of JSON for each. Every repetition of every workload is a process of its own. The
 * repetitions of all workloads and contenders take turns, so that a slower hour of the machine changes all of them.
 */
public final class Bench {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final BenchOptions options;
    private final PrintStream progress;
    private final Map<Task, Map<String, List<Sample>>> samples = new LinkedHashMap<>();

    Bench(BenchOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    public static void main(String[] arguments) throws Exception {
        BenchOptions options = BenchOptions.parse(arguments);
        List<String> lines = new Bench(options, System.err).run();
        lines.forEach(System.out::println);
        if (lines.stream().anyMatch(line -> line.contains("\"same_work\":false"))) {
            System.err.println("A contender did other work: its results differ. The ratio says nothing.");
            System.exit(1);
        }
    }

    /** The lines. */
    List<String> run() throws Exception {
        List<Task> tasks = options.tasks();
        Path scratch = Files.createDirectories(options.scratch());
        if (options.exports()) {
            for (Task task : tasks) {
                progress.println("inputs of " + task.workload() + " to " + task.inputs());
                Contender.thisBuild().export(task, scratch);
            }
        }
        for (int repetition = 0; repetition < options.repetitions(); repetition++) {
            List<Contender> order = new ArrayList<>(options.contenders());
            if (repetition % 2 == 1) {
                // The second of a pair finds warm file caches and a warm processor.
                Collections.reverse(order);
            }
            for (Task task : tasks) {
                for (Contender contender : order) {
                    measure(task, contender, scratch);
                    save(tasks);
                }
            }
        }
        return lines(tasks);
    }

    /** Writes what is measured so far, so that a run that is cut short leaves it. */
    private void save(List<Task> tasks) throws Exception {
        if (options.out() != null) {
            Files.write(options.out(), lines(tasks));
        }
    }

    private void measure(Task task, Contender contender, Path scratch) {
        try {
            Sample sample = contender.measure(task, scratch);
            samples.computeIfAbsent(task, key -> new LinkedHashMap<>())
                    .computeIfAbsent(contender.name(), name -> new ArrayList<>())
                    .add(sample);
            progress.printf("%s by %s: %.4f s a step%n", task.workload(), contender.name(), Summary.medianStep(sample));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(List<Task> tasks) throws Exception {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Task task : tasks) {
            Map<String, List<Sample>> all = samples.getOrDefault(task, Map.of());
            all.forEach((name, each) -> lines.add(withWork(task, Summary.line(task, name, each))));
            List<Sample> ours = all.get(Contender.LIKENESS);
            all.forEach((name, each) -> {
                if (!name.equals(Contender.LIKENESS)) {
                    lines.add(Summary.ratio(task, Contender.LIKENESS, ours, name, each));
                }
            });
        }
        lines.addAll(Limits.of(lines));
        for (List<Growth.Point> points : options.growths()) {
            lines.addAll(growth(points));
        }
        return lines.stream().map(JSON::writeValueAsString).toList();
    }

    private static Map<String, Object> withWork(Task task, Map<String, Object> line) {
        StepWork.of(task).ifPresent(work -> {
            line.put("flops_per_step", work.flops());
            line.put("bytes_per_step", work.bytes());
        });
        return line;
    }

    /** The growth of what this build has measured so far. */
    private List<Map<String, Object>> growth(List<Growth.Point> points) {
        List<Growth.Point> measured =
                points.stream().filter(it -> samples.containsKey(it.task())).toList();
        List<Map<String, Object>> lines = measured.stream()
                .map(point -> Summary.line(
                        point.task(),
                        Contender.LIKENESS,
                        Objects.requireNonNull(samples.get(point.task())).get(Contender.LIKENESS)))
                .toList();
        return points.get(0).growth().lines(measured, lines);
    }
}
