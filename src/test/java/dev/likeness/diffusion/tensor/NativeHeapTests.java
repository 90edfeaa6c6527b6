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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeHeapTests {

    private static final int BLOCKS = 64;
    private static final int BLOCK_BYTES = 4 << 20;
    private static final int LARGE_BYTES = 48 << 20;

    /** Some blocks use memory that earlier tests have freed, and return it there. */
    private static final long MOST = BLOCKS / 2 * (long) BLOCK_BYTES;

    private final HostMemory memory = new HostMemory();

    @AfterEach
    void asItWas() {
        NativeHeap.returnAtOnce(false);
    }

    @Test
    void returnsFreedBlocksAtOnceOrWhenItIsTrimmed() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                NativeHeap.returnAtOnce(true);
                assertThat(returnedByFreeing(manager, BLOCKS / 8, 8 * BLOCK_BYTES + 1024))
                        .isGreaterThan(MOST);

                NativeHeap.returnAtOnce(false);
                long kept = returnedByFreeing(manager, BLOCKS, BLOCK_BYTES);
                assertThat(kept).isLessThan(MOST);
                long before = memory.held();
                NativeHeap.trim();
                assertThat(kept + before - memory.held()).isGreaterThan(MOST);
            }
        });
    }

    /** Blocks above 32 MiB, glibc's largest threshold, as the networks of Stable Diffusion have them; in a heap without gaps. */
    @Test
    void keepsLargeBlocksUntilItIsTrimmed() throws Exception {
        String output = outputOf(LargeBlock.class);

        Matcher kept = Pattern.compile("kept (-?\\d+) then (-?\\d+)").matcher(output);
        assertThat(kept.find()).as(output).isTrue();
        assertThat(Long.parseLong(kept.group(1))).isGreaterThan(LARGE_BYTES / 2);
        assertThat(Long.parseLong(kept.group(2))).isLessThan(LARGE_BYTES / 4);
    }

    /** Frees a large block, and prints the bytes that its process holds of it before and after a trim. */
    static final class LargeBlock {

        private LargeBlock() {}

        public static void main(String[] arguments) throws Exception {
            HostMemory memory = new HostMemory();
            EngineTestThread.run(() -> {
                try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                    NativeHeap.returnAtOnce(false);
                    manager.ones(new Shape(1)).close();
                    long before = memory.held();
                    manager.ones(new Shape(LARGE_BYTES / Float.BYTES)).close();
                    long kept = memory.held() - before;
                    NativeHeap.trim();
                    System.out.printf("kept %d then %d%n", kept, memory.held() - before);
                }
            });
        }
    }

    /** A step of a small model would wait for the system otherwise. */
    @Test
    void keepsSmallBlocksWhereLargeOnesReturnAtOnce() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                NativeHeap.returnAtOnce(true);
                assertThat(returnedByFreeing(manager, BLOCKS, BLOCK_BYTES)).isLessThan(MOST);
            }
        });
    }

    @Test
    void returnsFreedBlocksAtOnceInALimitedAddressSpace() throws Exception {
        String output = outputOf(LimitedAddressSpace.class);

        Matcher returned = Pattern.compile("returned (-?\\d+)").matcher(output);
        assertThat(returned.find()).as(output).isTrue();
        assertThat(Long.parseLong(returned.group(1))).isGreaterThan(MOST);
    }

    /** Limits its own address space, frees blocks, and prints the bytes that returned to the system. */
    static final class LimitedAddressSpace {

        private LimitedAddressSpace() {}

        public static void main(String[] arguments) throws Exception {
            limitAddressSpace(Long.toString(1L << 46));
            EngineTestThread.run(() -> {
                try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                    NativeHeap.returnAtOnce(false);
                    System.out.printf("returned %d%n", returnedByFreeing(manager, BLOCKS, BLOCK_BYTES));
                }
            });
        }
    }

    /** Runs a class in a process of its own, whose heap has no gaps that earlier tests left. */
    private static String outputOf(Class<?> main) throws Exception {
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
        return output;
    }

    /** Sets the soft limit of this process. */
    private static void limitAddressSpace(String bytes) throws Exception {
        long self = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("prlimit", "--pid=" + self, "--as=" + bytes + ":")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private static long returnedByFreeing(NDManager manager, int count, int bytes) {
        HostMemory memory = new HostMemory();
        List<NDArray> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(manager.ones(new Shape(bytes / Float.BYTES)));
        }
        long before = memory.held();
        blocks.subList(0, count - 1).forEach(NDArray::close);
        return before - memory.held();
    }
}
