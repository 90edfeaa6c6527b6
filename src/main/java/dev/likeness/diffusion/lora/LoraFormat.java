package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.LayerTensor;
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
    /** {@code unet.….lora.down.weight}; no alpha, so it is folded into {@code up}. Norms are {@code lora_magnitude_vector}, as in peft. */
    DIFFUSERS {
        @Override
        void add(Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String name, Layer layer) {
            LoraSuffixes suffixes = base.suffixes(name);
            tensors.put(name + suffixes.down(), layer.down());
            tensors.put(name + suffixes.up(), attached(layer.up().mul(layer.scale()), scope));
        }

        @Override
        void add(Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String name, WeightChange change) {
            NDArray up = change.get(LayerTensor.LORA_UP);
            NDArray norms = change.get(LayerTensor.DORA_SCALE);
            add(tensors, scope, base, name, new Layer(change.get(LayerTensor.LORA_DOWN), up, change.alpha()));
            long outputs = up.getShape().get(0);
            boolean isLinear = norms.getShape().dimension() == 2;
            tensors.put(
                    name + ".lora_magnitude_vector",
                    attached(norms.reshape(isLinear ? new Shape(outputs) : new Shape(1, outputs, 1, 1)), scope));
        }

        @Override
        void note(Map<String, String> notes, LoraAdapter adapter) {
            Map<String, Long> ranks = new LinkedHashMap<>();
            adapter.layers().forEach((name, layer) -> ranks.put(name, layer.rank()));
            adapter.changes()
                    .forEach((name, changes) -> ranks.put(name, changes.get(0).rank()));
            notes.put(
                    LoraMetadata.KEY,
                    LoraMetadata.ofUnscaled(ranks, adapter.changes().keySet()));
        }

        /** peft has DoRA with norms of the outputs, at all layers or at none, and its files of other kinds are not loaded by diffusers. */
        @Override
        public boolean represents(LoraAdapter adapter) {
            return adapter.changes().isEmpty()
                    || adapter.layers().isEmpty()
                            && adapter.changes().values().stream()
                                    .allMatch(changes -> changes.size() == 1
                                            && changes.get(0).isDoraOfOutputs());
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

        @Override
        void add(
                Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String layerName, WeightChange change) {
            String name = base.kohya().flat(layerName);
            change.tensors().forEach((tensor, values) -> tensors.put(name + "." + tensor.suffix(), values));
            tensors.put(name + ".alpha", scope.create((float) change.alpha()));
        }
    };

    abstract void add(Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String name, Layer layer);

    abstract void add(Map<String, NDArray> tensors, NDManager scope, BaseLayers base, String name, WeightChange change);

    /** Whether files of the format can have everything that an adapter does, without merging it with weights. */
    public boolean represents(LoraAdapter adapter) {
        return true;
    }

    /** Adds the format's entries to the header. */
    void note(Map<String, String> notes, LoraAdapter adapter) {}

    private static NDArray attached(NDArray array, NDManager scope) {
        array.attach(scope);
        return array;
    }

    /** Writes an adapter. */
    public void write(OutputStream out, LoraAdapter adapter, BaseLayers base, Map<String, String> metadata)
            throws IOException {
        write(out, adapter, base, metadata, Map.of());
    }

    /**
     * Writes an adapter with other tensors in the same file.
     *
     * @param more by their names
     */
    public void write(
            OutputStream out,
            LoraAdapter adapter,
            BaseLayers base,
            Map<String, String> metadata,
            Map<String, NDArray> more)
            throws IOException {
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            new TreeMap<>(adapter.layers()).forEach((name, layer) -> add(tensors, scope, base, name, layer));
            new TreeMap<>(adapter.changes())
                    .forEach((name, changes) -> add(tensors, scope, base, name, changes.get(0)));
            tensors.putAll(more);
            Map<String, String> notes = new LinkedHashMap<>(metadata);
            notes.put("format", "pt");
            note(notes, adapter);
            SafeTensorsWriter.write(out, tensors, notes);
        }
    }
}
