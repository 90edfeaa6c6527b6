package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessImageTests {

    private static final String VARIABLE = "ONEDNN_MAX_CPU_ISA";

    private static final String AGAIN = "AGAIN";

    @Test
    void aVariableIsReplacedAndNotThereTwice() {
        assertThat(ProcessImage.changed(
                        List.of("A=1", VARIABLE + "=AVX2", "A" + VARIABLE + "=x", VARIABLE + "_=y"),
                        Map.of(VARIABLE, "AVX")))
                .containsExactly("A=1", "A" + VARIABLE + "=x", VARIABLE + "_=y", VARIABLE + "=AVX");
    }

    @Test
    void theProgramStartsAgainWithTheVariableReplaced() throws Exception {
        assertThat(run("AVX2")).isEqualTo("began with AVX");
    }

    @Test
    void theProgramContinuesWhereNoLibraryCanBeCalled() throws Exception {
        assertThat(run("AVX2", "-Djna.nosys=true", "-Djna.noclasspath=true", "-Djna.boot.library.path=/dev/null"))
                .isEqualTo("java.io.IOException: the C library cannot be called");
    }

    /** The file with its output. */
    private static String run(String value, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classes(ProcessImage.class) + classes(Program.class) + classes(Native.class)));
        command.add(Program.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(VARIABLE, value);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.strip();
    }

    private static String classes(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()) + File.pathSeparator;
    }

    /** Restarts once, after other code has asked for the library. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) {
            if (System.getenv(AGAIN) != null) {
                System.out.println("began with " + System.getenv(VARIABLE));
                return;
            }
            try {
                Native.load("c", ProcessImage.LibC.class);
            } catch (UnsatisfiedLinkError e) {
                // The first call gets another error than later calls.
            }
            try {
                ProcessImage.restart(Map.of(VARIABLE, "AVX", AGAIN, "yes"));
            } catch (IOException | Error e) {
                System.out.println(e);
            }
        }
    }
}
