package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.LoraMetadata;
import dev.likeness.diffusion.adapter.LoraSuffixes;
import dev.likeness.diffusion.lora.LoraAdapter.Layer;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The names that adapter files give their tensors. */
public enum LoraFormat {
    /** {@code unet.….lora.down.weight}; no alpha, so it is folded into {@code up}. */
    DIFFUSERS {
        @Override
        void add(Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String name, Layer layer) {
            LoraSuffixes suffixes = base.suffixes(name);
            tensors.put(name + suffixes.down(), layer.down());
            tensors.put(name + suffixes.up(), attached(layer.up().mul(layer.scale()), scope));
        }

        @Override
        void note(Map<String, String> notes, LoraAdapter adapter) {
            Map<String, Long> ranks = new LinkedHashMap<>();
            adapter.layers().forEach((name, layer) -> ranks.put(name, layer.rank()));
            notes.put(LoraMetadata.KEY, LoraMetadata.ofUnscaled(ranks));
        }
    },
    /** {@code lora_unet_…​.lora_down.weight}, {@code lora_te_…} (SDXL: {@code lora_te1_}, {@code lora_te2_}, and the UNet in the original names), and {@code .alpha}. */
    KOHYA {
        @Override
        void add(Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String layerName, Layer layer) {
            String name = base.kohya().flat(layerName);
            tensors.put(name + ".lora_down.weight", layer.down());
            tensors.put(name + ".lora_up.weight", layer.up());
            tensors.put(name + ".alpha", scope.create((float) layer.alpha()));
        }
    };

    abstract void add(Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String name, Layer layer);

    /** Adds the format's entries to the header. */
    void note(Map<String, String> notes, LoraAdapter adapter) {}

    private static NDArray attached(NDArray array, NDManager scope) {
        array.attach(scope);
        return array;
    }

    /** Writes an adapter. */
    public void write(OutputStream out, LoraAdapter adapter, BaseLayers base, Map<String, String> metadata)
            throws IOException {
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            new TreeMap<>(adapter.layers()).forEach((name, layer) -> add(tensors, scope, base, name, layer));
            Map<String, String> notes = new LinkedHashMap<>(metadata);
            notes.put("format", "pt");
            note(notes, adapter);
            SafeTensorsWriter.write(out, tensors, notes);
        }
    }
}
