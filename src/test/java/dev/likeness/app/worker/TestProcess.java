package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.LikenessApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The application in a process of its own, as an operator would start it. */
public final class TestProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private TestProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static TestProcess start(Path home, String role, Map<String, String> settings) {
        return start(home, role, settings, List.of());
    }

    /** @param wrapper goes before the command */
    static TestProcess start(Path home, String role, Map<String, String> settings, List<String> wrapper) {
        return start(home, role, settings, wrapper, thisBuild());
    }

    /** @param program what the virtual machine is told to run */
    static TestProcess start(
            Path home, String role, Map<String, String> settings, List<String> wrapper, List<String> program) {
        try {
            Files.createDirectories(home);
            Path output = Files.createTempFile(home, role + "-", ".out");
            Process process = command(home, role, settings, wrapper, program)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(output.toFile()))
                    .start();
            return new TestProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProcessBuilder command(Path home, String role, Map<String, String> settings, List<String> wrapper) {
        return command(home, role, settings, wrapper, thisBuild());
    }

    static ProcessBuilder command(
            Path home, String role, Map<String, String> settings, List<String> wrapper, List<String> program) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Both make a short life on few cores cheaper.
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(program);
        Map<String, String> all =
                new TreeMap<>(Map.of("likeness.home", home.toString(), "likeness.role", role, "server.port", "0"));
        all.putAll(settings);
        all.forEach((name, value) -> command.add("--" + name + "=" + value));
        return new ProcessBuilder(command);
    }

    static List<String> thisBuild() {
        return List.of("-cp", classPath(), LikenessApplication.class.getName());
    }

    /** This build, with a folder before it on the class path. */
    static List<String> thisBuild(Path folder, Class<?> main) {
        return List.of("-cp", folder + File.pathSeparator + classPath(), main.getName());
    }

    /** The class path without the tests' own classes. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The file with its output. */
    public Path output() {
        return output;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Limits the address space of the process to its present size and this many more bytes. */
    void limitMemory(long more) throws IOException, InterruptedException {
        long kib = Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(line -> line.startsWith("VmSize:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
        Process limiting = new ProcessBuilder("prlimit", "--pid=" + pid(), "--as=" + (kib * 1024 + more))
                .inheritIO()
                .start();
        assertThat(limiting.waitFor()).isZero();
    }

    /** Like {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Like {@code kill}, and waits for the end. */
    public void terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ends when asked to", output)
                .isTrue();
    }

    List<ProcessHandle> children() {
        return process.children().toList();
    }

    @Override
    public void close() {
        // A process that still ends would count as a worker.
        process.destroyForcibly().onExit().join();
    }
}
