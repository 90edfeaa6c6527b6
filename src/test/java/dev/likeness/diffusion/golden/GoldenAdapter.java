package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.Adapters;
import dev.likeness.diffusion.graph.Network;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The adapter of a family's lora case. */
final class GoldenAdapter {

    private final Map<String, NDArray> tensors = new HashMap<>();

    private GoldenAdapter() {}

    /** The adapter before the first step: {@code lora.init.….lora_A.weight}. */
    static GoldenAdapter initial(GoldenCase golden, NDManager manager) throws IOException {
        GoldenAdapter adapter = new GoldenAdapter();
        GoldenTensors file = golden.tensors();
        double scale = golden.settings().required("alpha").doubleValue()
                / golden.settings().required("rank").doubleValue();
        for (String name : file.names()) {
            if (name.startsWith("lora.init.")) {
                boolean down = name.endsWith(".lora_A.weight");
                String layer = name.substring("lora.init.".length(), name.length() - ".lora_A.weight".length());
                GoldenTensor tensor = file.get(name);
                adapter.tensors.put(
                        down ? Adapters.down(layer) : Adapters.up(layer),
                        manager.create(tensor.values(), new Shape(tensor.shape())));
                adapter.tensors.put(Adapters.scale(layer), manager.create((float) scale));
            }
        }
        return adapter;
    }

    /** The file that diffusers saves after the last step. */
    static GoldenTensors file(GoldenCase golden) throws IOException {
        return GoldenTensors.read(golden.path("lora/pytorch_lora_weights.safetensors"));
    }

    void attach(Network network) {
        network.setAdapter(tensors);
    }

    Set<String> names() {
        return tensors.keySet().stream()
                .filter(name -> name.endsWith(".weight"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The file has exactly the layers that diffusers saves. */
    void assertLayers(GoldenTensors saved) {
        assertThat(names().stream().map(name -> "unet." + name).sorted().toList())
                .isEqualTo(saved.names().stream().sorted().toList());
    }
}
