package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.plan.HostMemory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeHeapTests {

    private static final int BLOCKS = 64;
    private static final int BLOCK_BYTES = 4 << 20;

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
                assertThat(returnedByFreeing(manager)).isGreaterThan(MOST);

                NativeHeap.returnAtOnce(false);
                long kept = returnedByFreeing(manager);
                assertThat(kept).isLessThan(MOST);
                long before = memory.held();
                NativeHeap.trim();
                assertThat(kept + before - memory.held()).isGreaterThan(MOST);
            }
        });
    }

    @Test
    void returnsFreedBlocksAtOnceInALimitedAddressSpace() throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                limitAddressSpace(Long.toString(1L << 46));
                try {
                    NativeHeap.returnAtOnce(false);
                    assertThat(returnedByFreeing(manager)).isGreaterThan(MOST);
                } finally {
                    limitAddressSpace("unlimited");
                }
            }
        });
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

    private long returnedByFreeing(NDManager manager) {
        List<NDArray> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(manager.ones(new Shape(BLOCK_BYTES / Float.BYTES)));
        }
        long before = memory.held();
        blocks.subList(0, BLOCKS - 1).forEach(NDArray::close);
        return before - memory.held();
    }
}
