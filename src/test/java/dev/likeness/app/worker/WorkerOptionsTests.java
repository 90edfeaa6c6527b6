package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The options of a worker's JVM. */
class WorkerOptionsTests {

    @Test
    void everyDeploymentHasTheSameOptions() throws IOException {
        List<String> options = EngineProcess.jvmOptions();

        assertThat(line(Path.of("Dockerfile"), "LIKENESS_WORKER_JVMOPTIONS="))
                .endsWith("likeness.jsa," + String.join(",", options) + "\" \\");
        assertThat(line(Path.of("helm/likeness/values.yaml"), "javaOptions: " + options.get(0)))
                .endsWith("javaOptions: " + String.join(" ", options) + " -Xmx1g");
        assertThat(line(Path.of("src/docs/configuration.md"), "| `likeness.worker.jvm-options` |"))
                .contains(options.stream().collect(Collectors.joining(",` `", "| `", "` |")));
    }

    /** Only the second compiler uses the processor's instructions for SHA-256, which are ten times as fast. */
    @Test
    void hashingIsCompiledWithTheProcessorsInstructionsAndLittleElseIs() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(EngineProcess.jvmOptions());
        command.addAll(List.of(
                "-XX:+PrintCompilation",
                "-cp",
                Path.of(Program.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                Program.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        List<String> optimized = printed.lines()
                .filter(line -> line.matches(" +\\d+ +\\d+ [ %sbn!]+ 4 .*\\(\\d+ bytes\\)"))
                .toList();
        assertThat(optimized).anyMatch(line -> line.contains("sun.security.provider.SHA2::implCompress0 "));
        assertThat(optimized)
                .filteredOn(line -> !line.contains("sun.security.provider.") && !line.contains("sun.misc."))
                .hasSizeLessThan(20);
    }

    private static String line(Path file, String part) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(it -> it.contains(part)).findFirst().orElseThrow();
        }
    }

    /** Hashes 64 MiB. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                digest.update(piece);
            }
            digest.digest();
        }
    }
}
