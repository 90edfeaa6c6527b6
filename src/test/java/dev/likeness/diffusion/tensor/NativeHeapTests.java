package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.plan.HostMemory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each measurement has a process of its own, whose heap has no gaps that earlier tests left. */
class NativeHeapTests {

    private static final int BLOCKS = 64;
    private static final int BLOCK_BYTES = 4 << 20;

    /** Above 32 MiB, glibc's largest threshold, as blocks of Stable Diffusion's networks are. */
    private static final int LARGE_BYTES = 48 << 20;

    private static final int FEW = 6;

    private static final Pattern RESULT = Pattern.compile("result (-?\\d+) (-?\\d+)");

    /** Of what was freed, in either size. */
    private static final long MOST = BLOCKS / 2 * (long) BLOCK_BYTES;

    @Test
    void returnsLargeBlocksAtOnceAndKeepsSmallOnes() throws Exception {
        List<Long> returned = resultsOf(AtOnce.class);

        assertThat(returned.get(0)).isGreaterThan(MOST);
        // Otherwise a step of a small model would wait for the system.
        assertThat(returned.get(1)).isLessThan(MOST);
    }

    /** Prints the bytes that returned to the system when large and small blocks were freed. */
    static final class AtOnce {

        private AtOnce() {}

        public static void main(String[] arguments) throws Exception {
            withEngine(manager -> {
                NativeHeap.returnAtOnce(true);
                print(returnedByFreeing(manager, FEW, LARGE_BYTES), returnedByFreeing(manager, BLOCKS, BLOCK_BYTES));
            });
        }
    }

    @Test
    void keepsSmallBlocksUntilItIsTrimmed() throws Exception {
        List<Long> returned = resultsOf(Late.class);

        assertThat(returned.get(0)).isLessThan(MOST);
        assertThat(returned.get(1)).isGreaterThan(MOST);
    }

    /** Prints the bytes that returned to the system when small blocks were freed, and after a trim. */
    static final class Late {

        private Late() {}

        public static void main(String[] arguments) throws Exception {
            HostMemory memory = new HostMemory();
            withEngine(manager -> {
                NativeHeap.returnAtOnce(false);
                long freed = returnedByFreeing(manager, BLOCKS, BLOCK_BYTES);
                long before = memory.held();
                NativeHeap.trim();
                print(freed, freed + before - memory.held());
            });
        }
    }

    @Test
    void keepsLargeBlocksUntilItIsTrimmed() throws Exception {
        List<Long> kept = resultsOf(LargeBlock.class);

        assertThat(kept.get(0)).isGreaterThan(LARGE_BYTES / 2);
        assertThat(kept.get(1)).isLessThan(LARGE_BYTES / 4);
    }

    /** Frees a large block, and prints the bytes that its process holds of it before and after a trim. */
    static final class LargeBlock {

        private LargeBlock() {}

        public static void main(String[] arguments) throws Exception {
            HostMemory memory = new HostMemory();
            withEngine(manager -> {
                NativeHeap.returnAtOnce(false);
                manager.ones(new Shape(1)).close();
                long before = memory.held();
                manager.ones(new Shape(LARGE_BYTES / Float.BYTES)).close();
                long kept = memory.held() - before;
                NativeHeap.trim();
                print(kept, memory.held() - before);
            });
        }
    }

    @Test
    void returnsFreedBlocksAtOnceInALimitedAddressSpace() throws Exception {
        assertThat(resultsOf(LimitedAddressSpace.class)).allMatch(it -> it > MOST);
    }

    /** Limits its own address space, and prints the bytes that returned to the system when small and large blocks were freed. */
    static final class LimitedAddressSpace {

        private LimitedAddressSpace() {}

        public static void main(String[] arguments) throws Exception {
            limitAddressSpace(1L << 46);
            withEngine(manager -> {
                NativeHeap.returnAtOnce(false);
                print(returnedByFreeing(manager, BLOCKS, BLOCK_BYTES), returnedByFreeing(manager, FEW, LARGE_BYTES));
            });
        }

        /** Sets the soft limit of this process. */
        private static void limitAddressSpace(long bytes) throws Exception {
            long self = ProcessHandle.current().pid();
            assertThat(new ProcessBuilder("prlimit", "--pid=" + self, "--as=%d:".formatted(bytes))
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    private interface Measurement {
        void run(NDManager manager);
    }

    private static void withEngine(Measurement measurement) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                measurement.run(manager);
            }
        });
    }

    private static void print(long first, long second) {
        System.out.printf("result %d %d%n", first, second);
    }

    private static List<Long> resultsOf(Class<?> main) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("status after %s", output).isZero();
        Matcher result = RESULT.matcher(output);
        assertThat(result.find()).as(output).isTrue();
        return Stream.of(result.group(1), result.group(2)).map(Long::valueOf).toList();
    }

    private static long returnedByFreeing(NDManager manager, int count, int bytes) {
        HostMemory memory = new HostMemory();
        List<NDArray> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(manager.ones(new Shape(bytes / Float.BYTES)));
        }
        long before = memory.held();
        // The last block stays, so that nothing before it is the free end of the heap.
        blocks.subList(0, count - 1).forEach(NDArray::close);
        return before - memory.held();
    }
}
