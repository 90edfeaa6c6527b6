package dev.likeness.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options of a run, as pairs {@code --name value}.
 *
 * @param values by name, the variants' apart
 * @param variants the values of {@code --variant}, which can be given several times
 */
record BenchOptions(Map<String, String> values, List<String> variants) {

    private static final String GROWTH = "growth";

    private static final Set<String> NAMES = Set.of(
            "model",
            "models",
            "workloads",
            "repetitions",
            "warmup",
            "steps",
            "job-steps",
            "prior-images",
            "threads",
            "device",
            "side",
            "batch",
            "rank",
            "vectors",
            "images",
            GROWTH,
            "peer",
            "peer-mode",
            "inputs",
            "scratch",
            "out");

    private static final String VARIANT = "variant";

    static BenchOptions parse(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> variants = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (i + 1 == arguments.length || !arguments[i].startsWith("--")) {
                throw new IllegalArgumentException(
                        "options are pairs --name value; %s is alone".formatted(arguments[i]));
            }
            if (name.equals(VARIANT)) {
                variants.add(arguments[i + 1]);
            } else if (NAMES.contains(name)) {
                values.put(name, arguments[i + 1]);
            } else {
                throw new IllegalArgumentException("there is no option --%s; the options are --%s and %s"
                        .formatted(name, VARIANT, NAMES.stream().sorted().toList()));
            }
        }
        return new BenchOptions(values, variants);
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
    }

    private String model() {
        return values.getOrDefault("model", BenchModels.BUNDLED);
    }

    int repetitions() {
        return number("repetitions", values.containsKey(GROWTH) ? 3 : 5);
    }

    /** Folder of everything that a run writes. */
    Path scratch() {
        return Path.of(values.getOrDefault("scratch", System.getProperty("java.io.tmpdir") + "/likeness-bench"))
                .toAbsolutePath();
    }

    /** File for the lines; null for none. */
    @Nullable
    Path out() {
        return values.containsKey("out") ? Path.of(values.getOrDefault("out", "")) : null;
    }

    /** Whether inputs for another program are written. */
    boolean exports() {
        return values.containsKey("peer") || values.containsKey("inputs");
    }

    List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>(List.of(Contender.thisBuild()));
        variants.forEach(each -> contenders.add(Contender.variant(each)));
        if (values.containsKey("peer")) {
            Arrays.stream(values.getOrDefault("peer-mode", "same").split(","))
                    .forEach(mode -> contenders.add(Contender.peer(values.getOrDefault("peer", ""), mode)));
        }
        return contenders;
    }

    /** The named ones; a group's name stands for all of its own. */
    private List<String> workloads() {
        return Arrays.stream(values.getOrDefault("workloads", String.join(",", Workloads.DEFAULT))
                        .split(","))
                .flatMap(name -> name.equals(LoadWorkload.GROUP) ? LoadWorkload.names().stream() : Stream.of(name))
                .toList();
    }

    /** A task for each workload, or for each size of what grows. */
    List<Task> tasks() throws Exception {
        if (values.containsKey(GROWTH)) {
            if (exports()) {
                throw new IllegalArgumentException("--growth measures this build alone: leave out --peer and --inputs");
            }
            // A size that several quantities have is measured once.
            return growths().stream()
                    .flatMap(List::stream)
                    .map(Growth.Point::task)
                    .distinct()
                    .toList();
        }
        List<Task> tasks = new ArrayList<>();
        for (String workload : workloads()) {
            // Unknown names fail before anything is measured.
            Workload work = Workloads.named(workload);
            boolean whole = work instanceof ServiceWorkload || work instanceof LoadWorkload;
            tasks.add(task(workload, whole));
        }
        return tasks;
    }

    /** The points of each quantity of {@code --growth}. */
    List<List<Growth.Point>> growths() throws Exception {
        String names = values.getOrDefault(GROWTH, "");
        List<List<Growth.Point>> growths = new ArrayList<>();
        if (!names.isEmpty()) {
            Task task = task("train-lora", false);
            for (String name : names.equals("all") ? Growth.all() : List.of(names.split(","))) {
                growths.add(Growth.named(name).points(task));
            }
        }
        return growths;
    }

    private Task task(String workload, boolean whole) throws Exception {
        Path models = Path.of(
                values.getOrDefault("models", scratch().resolve("models").toString()));
        String folder = new BenchModels(models).folder(model()).toString();
        Path inputs = Path.of(values.getOrDefault(
                        "inputs", scratch().resolve("inputs").toString()))
                .toAbsolutePath();
        Task.Effort effort = new Task.Effort(
                number("warmup", 3),
                number("steps", 10),
                number("threads", Runtime.getRuntime().availableProcessors()),
                values.getOrDefault("device", "cpu"));
        return new Task(
                workload,
                model(),
                folder,
                inputs.resolve(Path.of(model()).getFileName()).resolve(workload).toString(),
                BenchModels.size(model()).with(values),
                whole ? new Task.Effort(0, 1, effort.threads(), effort.device()) : effort,
                new Task.Job(number("job-steps", 400), number("prior-images", 48)));
    }
}
