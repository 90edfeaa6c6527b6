package dev.likeness.app.adapter;

import dev.likeness.app.adapter.AdapterContents.Embeddings;
import dev.likeness.app.adapter.AdapterContents.Lora;
import dev.likeness.app.adapter.AdapterContents.Momentum;
import dev.likeness.diffusion.adapter.AdapterFormat;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LoraTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Adapters for tests of processes that do not read them. */
public final class TestAdapters {

    private TestAdapters() {}

    /** A LoRA whose file has no tensors. */
    public static CheckedAdapter lora() throws IOException {
        return new CheckedAdapter(
                Files.writeString(Files.createTempFile("adapter", null), "an adapter"),
                "style.safetensors",
                "style",
                "likeness/tiny-world",
                AdapterKind.LORA,
                AdapterFormat.KOHYA,
                new AdapterContents(
                        new Lora(4, LoraTargets.ATTENTION, Map.of("unet", 1), List.of(LayerKind.LORA), false),
                        List.of(),
                        Embeddings.NONE,
                        Momentum.NONE));
    }
}
