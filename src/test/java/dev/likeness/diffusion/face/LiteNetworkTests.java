package dev.likeness.diffusion.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteNetworkTests {

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 1000, 100_000})
    void refusesWhatIsNoNetwork(int length) {
        byte[] content = Arrays.copyOf(FaceModel.SHORT_RANGE.read(), length);

        assertThatExceptionOfType(FaceDetectorException.class)
                .isThrownBy(() -> LiteNetwork.of("half.tflite", content))
                .withMessage("half.tflite is not a network that TensorFlow Lite can run");
    }

    @Test
    @Timeout(180)
    void saysThatThereIsNoLibraryForThePlatform() throws IOException, InterruptedException {
        assertThat(printedBy(classPathWithoutNativeLibrary(), 0))
                .contains("TensorFlow Lite is missing for %s on %s"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    @Test
    @Timeout(180)
    void worksInAProcessThatHoldsMuchMoreThanItsHeap() throws IOException, InterruptedException {
        assertThat(printedBy(System.getProperty("java.class.path"), 300)).contains("1 face beside 300 MiB");
    }

    /** What a process of its own prints: a library that is loaded stays, and limits are those of a process. */
    private static String printedBy(String classPath, int mebibytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:MaxDirectMemorySize=1g",
                        "-cp",
                        classPath,
                        LooksForFaces.class.getName(),
                        Integer.toString(mebibytes))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** As on a platform that no jar on the class path is for. */
    private static String classPathWithoutNativeLibrary() {
        String[] all = System.getProperty("java.class.path").split(File.pathSeparator);
        String without = Arrays.stream(all)
                .filter(it -> !it.matches(".*tensorflow-lite-[^/]*-linux-x86_64\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(without.split(File.pathSeparator)).hasSize(all.length - 1);
        return without;
    }

    static final class LooksForFaces {

        private LooksForFaces() {}

        public static void main(String[] arguments) {
            int mebibytes = Integer.parseInt(arguments[0]);
            ByteBuffer held = ByteBuffer.allocateDirect(mebibytes << 20);
            try (FaceDetector detector = FaceDetector.load()) {
                int faces = detector.detect(Photos.astronaut()).size();
                System.out.printf("%d face beside %d MiB%n", faces, held.capacity() >> 20);
            } catch (FaceDetectorException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
