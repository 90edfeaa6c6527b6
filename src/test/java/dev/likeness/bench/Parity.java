package dev.likeness.bench;

import ai.djl.engine.Engine;
import dev.likeness.diffusion.golden.GoldenNetworks;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.EngineCheck;
import dev.likeness.diffusion.pipeline.EngineOptions;
import dev.likeness.diffusion.pipeline.TorchEngine;
import dev.likeness.diffusion.tensor.EngineTestThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares a device's results with known ones, and prints a line of JSON for each comparison: {@code Parity DEVICE
 * [PREFIX]}. First every operator in every precision against fp64, then the networks, gradients and training steps of
 * the reference cases whose names start with the prefix against diffusers. On a GPU it needs {@code
 * NVIDIA_TF32_OVERRIDE=0}, because cuDNN computes fp32 convolutions in TF32 otherwise. Exits with 1 if something
 * differs.
 */
public final class Parity {

    private static final JsonMapper JSON = JsonMapper.shared();

    private boolean passed = true;

    private Parity() {}

    public static void main(String[] arguments) throws Exception {
        String device = arguments[0];
        String prefix = arguments.length > 1 ? arguments[1] : "";
        TorchEngine.load(new EngineOptions(device, 0, null, null, true));
        Parity parity = new Parity();
        parity.operators(device);
        for (DynamicTest comparison : GoldenNetworks.comparisons()
                .filter(it -> it.getDisplayName().startsWith(prefix))
                .toList()) {
            parity.network(comparison);
        }
        // Threads of libtorch may still wait.
        System.exit(parity.passed ? 0 : 1);
    }

    private void operators(String device) throws Exception {
        EngineCheck check = EngineTestThread.call(() -> {
            try (DiffusionEngine engine = TorchEngine.start(new EngineOptions(device, 0, null, null, true))) {
                return engine.check();
            }
        });
        List<String> differences = new ArrayList<>();
        check.findings().forEach(it -> differences.add(it.toString()));
        print("operators against fp64 in " + String.join(", ", check.precisions()), device, differences);
    }

    private void network(DynamicTest comparison) throws Exception {
        String device = EngineTestThread.call(
                () -> Engine.getEngine("PyTorch").defaultDevice().toString());
        List<String> differences = new ArrayList<>();
        try {
            comparison.getExecutable().execute();
        } catch (Throwable e) {
            differences.add(String.valueOf(e.getMessage()).strip());
        }
        print(comparison.getDisplayName(), device, differences);
    }

    private void print(String what, String device, List<String> differences) {
        passed &= differences.isEmpty();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("parity", what);
        line.put("device", device);
        line.put("passed", differences.isEmpty());
        line.put("differences", differences);
        System.out.println(JSON.writeValueAsString(line));
        System.out.flush();
    }
}
