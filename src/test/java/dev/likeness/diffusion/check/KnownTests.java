package dev.likeness.diffusion.check;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.graph.Kernels;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KnownTests {

    private static final Path NOW = Path.of("target/known.json");

    /** The kernels themselves are compared with diffusers and transformers elsewhere. */
    @Test
    void knowsWhatTheKernelsCompute() throws Exception {
        Map<String, List<Double>> now = new TreeMap<>();
        EngineTestThread.run(() -> {
            try (NDManager cpu = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                    OperationModule fp64 = SelfCheck.fp64(cpu, Kernels.text(), ComparedOperations.all())) {
                for (Operation it : ComparedOperations.all()) {
                    List<double[]> values = SelfCheck.reference(cpu, fp64, it).values();
                    now.put(it.label(), values.stream().map(Known::mark).toList());
                }
            }
        });
        Known known = Known.read();
        Files.createDirectories(NOW.getParent());
        Known.JSON
                .writerWithDefaultPrettyPrinter()
                .writeValue(NOW.toFile(), new Known(known.source(), now, known.training()));

        assertThat(known.operations()).as("%s has what they compute", NOW).containsOnlyKeys(now.keySet());
        now.forEach((label, marks) -> assertThat(marks)
                .as("%s, of which %s has what it computes", label, NOW)
                .usingElementComparator((a, b) -> Math.abs(a - b) <= 1e-9 ? 0 : 1)
                .isEqualTo(known.operations().get(label)));
    }
}
