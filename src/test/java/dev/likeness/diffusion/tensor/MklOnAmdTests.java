package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process loads libtorch once, so each measurement has a process of its own. */
class MklOnAmdTests {

    private static final Pattern RESULT = Pattern.compile("kernels (\\d+)");

    /** MKL's number of its kernels for AVX-512. Those for every processor of x86-64 have 0, those for AVX2 have 5. */
    private static final int FOR_AVX512 = 7;

    @Test
    void mklUsesAvx512OnAmdIfWanted(@TempDir Path folder) throws Exception {
        int without = kernelsOfMkl(folder, false);

        assertThat(kernelsOfMkl(folder, true)).isEqualTo(Processor.here().isAmdWithAvx512() ? FOR_AVX512 : without);
        if (Processor.here().isAmdWithAvx512()) {
            // Otherwise MKL knows the processor by itself, and the class under test has no purpose.
            assertThat(without).isLessThan(FOR_AVX512);
        }
        assertThat(folder).as("files left").isEmptyDirectory();
    }

    @Test
    void theLibraryHasTheFunction(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("answer.so"), new ConstantFunction("answer", -42).sharedLibrary());

        try (NativeLibrary library = NativeLibrary.getInstance(file.toString())) {
            assertThat(library.getFunction("answer").invokeInt(new Object[0])).isEqualTo(-42);
        }
    }

    private static int kernelsOfMkl(Path temporary, boolean avx512OnAmd) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Kernels.class.getName()));
        command.add(String.valueOf(avx512OnAmd));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("status after %s", output).isZero();
        Matcher result = RESULT.matcher(output);
        assertThat(result.find()).as(output).isTrue();
        return Integer.parseInt(result.group(1));
    }

    /** Prints the number of the kernels that MKL chooses. */
    static final class Kernels {

        private Kernels() {}

        public static void main(String[] arguments) {
            LibTorch.load(null, null, Boolean.parseBoolean(arguments[0]));
            Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
            try (NativeLibrary torch = NativeLibrary.getInstance(library.toString())) {
                System.out.printf(
                        "kernels %d%n", torch.getFunction("mkl_serv_cpu_detect").invokeInt(new Object[0]));
            }
        }
    }
}
