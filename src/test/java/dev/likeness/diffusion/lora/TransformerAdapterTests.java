package dev.likeness.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.DenoiserNames;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.adapter.LoraSuffixes;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Adapters of a denoiser that is no UNet: its part, its names and its attentions come from its family. */
class TransformerAdapterTests {

    private static final String LAYER = "transformer.blocks.0.attn.add_q_proj";

    private static final BaseLayers BASE = new BaseLayers(
            Map.of(LAYER + ".weight", new long[] {4, 3}, "transformer.proj_out.weight", new long[] {5, 4}),
            new BaseLayers.Denoiser("transformer", Set.of("add_q_proj"), new Names()),
            List.of(new BaseLayers.TextEncoder("text_encoder", Set.of("q_proj"), 8, 77)));

    private record Names() implements DenoiserNames {

        @Override
        public LoraSuffixes diffusers() {
            return LoraSuffixes.PEFT;
        }

        @Override
        public List<String> originals(String layer) {
            return layer.equals("proj_out") ? List.of("final_layer.linear") : List.of();
        }

        @Override
        public String kohya(String layer) {
            return layer.equals("proj_out") ? "final_layer.linear" : layer;
        }
    }

    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource
    void areReadAsTheyWereWritten(LoraFormat format) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Path file = home.resolve("adapter.safetensors");
                LoraAdapter written = new LoraAdapter(
                        Map.of(LAYER, layer(manager, 3, 4), "transformer.proj_out", layer(manager, 4, 5)));
                try (OutputStream out = Files.newOutputStream(file)) {
                    format.write(out, written, BASE, Map.of());
                }

                SafeTensors tensors = SafeTensors.open(file);
                assertThat(tensors.entries().keySet())
                        .contains(
                                format == LoraFormat.DIFFUSERS
                                        ? LAYER + ".lora_A.weight"
                                        : "lora_unet_final_layer_linear.lora_down.weight");
                LoraFile read = LoraFile.read(tensors, BASE);
                assertThat(read.layers().keySet()).containsExactlyInAnyOrder(LAYER, "transformer.proj_out");
                assertThat(read.targets()).isEqualTo(LoraTargets.LINEAR);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void knowTheirAttentions(LoraFormat format) throws Exception {
        EngineTestThread.run(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                Path file = home.resolve("adapter.safetensors");
                try (OutputStream out = Files.newOutputStream(file)) {
                    format.write(out, new LoraAdapter(Map.of(LAYER, layer(manager, 3, 4))), BASE, Map.of());
                }

                assertThat(LoraFile.read(SafeTensors.open(file), BASE).targets())
                        .isEqualTo(LoraTargets.ATTENTION);
            }
        });
    }

    private static LoraAdapter.Layer layer(NDManager manager, long in, long out) {
        return new LoraAdapter.Layer(manager.ones(new Shape(2, in)), manager.ones(new Shape(out, 2)), 2);
    }
}
