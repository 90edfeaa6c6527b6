package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Blocks;
import dev.likeness.diffusion.graph.Network;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Tape;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.NativeHeap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages that the kernel maps into a worker's process during a training step with activations as large as those of Stable
 * Diffusion. Each page that a step maps again is memory that the step before has returned, and that the kernel clears first.
 */
class PageFaultTests {

    private static final int CHANNELS = 32;
    private static final int STEPS = 16;
    private static final String RESULT = "faults ";

    /** Of a step that keeps its memory: the virtual machine's own, mostly. An activation of 32 MiB has 8192 pages. */
    private static final long MOST = 1000;

    /** A norm with its activation function, in which the kernels keep several tensors of the input's size. */
    private record Norm() implements Topology {

        private static final Block BLOCK = Blocks.normSilu("norm", CHANNELS, 8, 1e-5);

        @Override
        public String name() {
            return "norm";
        }

        @Override
        public List<String> inputs() {
            return List.of("x");
        }

        @Override
        public <T> List<T> build(Ops<T> ops, List<T> inputs) {
            return List.of(ops.apply(BLOCK, inputs.get(0)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 96})
    void aStepKeepsItsMemory(int mebibytes) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(EngineProcess.jvmOptions());
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), Program.class.getName(), Integer.toString(mebibytes)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", "1");
        EngineProcess.tune(builder.environment());
        Process process = builder.start();
        List<Long> faults = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> Long.valueOf(line.substring(RESULT.length())))
                .toList();
        assertThat(process.waitFor()).isZero();

        assertThat(faults).hasSize(STEPS);
        assertThat(faults.get(0)).isGreaterThan(mebibytes * 256L);
        // In other steps the heap grows, until everything fits between what is in use.
        assertThat(Collections.min(faults.subList(STEPS / 2, STEPS))).isLessThan(MOST);
    }

    /** Takes steps, and prints the faults of each. */
    static final class Program {

        private static final int MINOR_FAULTS = 7;

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            int numbers = Integer.parseInt(arguments[0]) << 18;
            EngineTestThread.run(() -> {
                try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                    NativeHeap.returnAtOnce(false);
                    try (Network network = new Network(
                            manager,
                            List.of(new Norm()),
                            Map.of(
                                    "norm.weight", manager.ones(new Shape(CHANNELS)),
                                    "norm.bias", manager.zeros(new Shape(CHANNELS))))) {
                        network.requireGradients(network.shapes().keySet());
                        for (int i = 0; i < STEPS; i++) {
                            long before = faults();
                            step(manager, network, new Shape(1, CHANNELS, 1, numbers / CHANNELS));
                            System.out.println(RESULT + (faults() - before));
                        }
                    }
                }
            });
        }

        private static void step(NDManager manager, Network network, Shape shape) {
            try (NDManager scope = manager.newSubManager()) {
                NDArray x = scope.ones(shape);
                Tape tape = network.record(
                        scope,
                        new Norm(),
                        List.of(x),
                        List.of(true),
                        network.shapes().keySet(),
                        false);
                tape.backward(List.of(scope.ones(shape)));
            }
        }

        private static long faults() throws IOException {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[MINOR_FAULTS]);
        }
    }
}
