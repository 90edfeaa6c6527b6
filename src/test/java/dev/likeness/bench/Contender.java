package dev.likeness.bench;

import dev.likeness.app.worker.EngineProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that does the same work: this build, this build with other variables, another checkout of it, or the peer's
 * script.
 *
 * @param name in the lines
 * @param checkout folder of a compiled checkout; null for this build
 * @param variables environment variables
 * @param script the command of the peer's script; empty for Likeness
 */
record Contender(String name, @Nullable Path checkout, Map<String, String> variables, List<String> script) {

    static final String LIKENESS = "likeness";

    private static final String CHECKOUT = "checkout";
    private static final JsonMapper JSON = JsonMapper.shared();

    static Contender thisBuild() {
        return new Contender(LIKENESS, null, Map.of(), List.of());
    }

    /** @param text {@code NAME:KEY=VALUE,KEY=VALUE}; the key {@code checkout} names a folder, others are variables */
    static Contender variant(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--variant takes NAME:KEY=VALUE,..., not " + text);
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (String each : text.substring(colon + 1).split(",")) {
            String[] pair = each.split("=", 2);
            variables.put(pair[0], pair.length == 1 ? "" : pair[1]);
        }
        String checkout = variables.remove(CHECKOUT);
        return new Contender(
                text.substring(0, colon), checkout == null ? null : Path.of(checkout), variables, List.of());
    }

    /**
     * The peer's script.
     *
     * @param mode {@code same} or {@code script}
     */
    static Contender peer(String python, String mode) {
        return new Contender(
                mode.equals("same") ? "diffusers" : "diffusers-" + mode,
                null,
                Map.of(),
                List.of(python, Path.of("src/bench/peer.py").toAbsolutePath().toString(), mode));
    }

    /** Does one repetition. */
    Sample measure(Task task, Path scratch) throws IOException {
        Path out = Files.createTempFile(scratch, name + "-", ".json");
        Path file = write(task, scratch);
        start(
                script.isEmpty() ? java("measure", file, out) : script(file, out),
                Map.of("OMP_NUM_THREADS", Integer.toString(task.effort().threads())),
                scratch);
        return JSON.readValue(Files.readString(out), Sample.class);
    }

    /** Writes a task's inputs. */
    void export(Task task, Path scratch) throws IOException {
        start(java("export", write(task, scratch), Path.of(task.inputs())), Map.of(), scratch);
    }

    private static Path write(Task task, Path scratch) throws IOException {
        Path file = Files.createTempFile(scratch, "task-", ".json");
        Files.writeString(file, JSON.writeValueAsString(task));
        return file;
    }

    private List<String> script(Path task, Path out) {
        List<String> command = new ArrayList<>(script);
        command.addAll(List.of(task.toString(), out.toString()));
        return command;
    }

    private List<String> java(String what, Path task, Path out) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(EngineProcess.jvmOptions());
        command.addAll(
                List.of("-cp", classPath(), BenchProcess.class.getName(), what, task.toString(), out.toString()));
        return command;
    }

    /** This process's, with the classes of the other checkout in place of this one's. */
    private String classPath() {
        String path = System.getProperty("java.class.path");
        if (checkout == null) {
            return path;
        }
        Path target = checkout.resolve("target").toAbsolutePath();
        return Arrays.stream(path.split(File.pathSeparator))
                .map(Path::of)
                .map(entry -> entry.endsWith("classes") || entry.endsWith("test-classes")
                        ? target.resolve(entry.getFileName())
                        : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void start(List<String> command, Map<String, String> ofPeer, Path scratch) throws IOException {
        Path log = Files.createTempFile(scratch, name + "-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        if (checkout != null) {
            builder.directory(checkout.toFile());
        }
        if (script.isEmpty()) {
            EngineProcess.tune(builder.environment());
        } else {
            builder.environment().putAll(ofPeer);
        }
        builder.environment().putAll(variables);
        Process process = builder.start();
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("%s failed:%n%s".formatted(name, tail(log)));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
