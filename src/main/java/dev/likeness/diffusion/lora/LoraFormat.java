package dev.likeness.diffusion.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.lora.LoraAdapter.Layer;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import dev.likeness.diffusion.tensor.TensorReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names that adapter files give their tensors. */
public enum LoraFormat {
    /** {@code unet.….lora.down.weight}; no alpha, so it is folded into {@code up}. */
    DIFFUSERS {
        @Override
        void add(Map<String, NDArray> tensors, NDManager scope, String name, Layer layer) {
            String infix = name.startsWith(LoraAdapter.UNET) ? ".lora." : ".lora_linear_layer.";
            tensors.put(name + infix + "down.weight", layer.down());
            tensors.put(name + infix + "up.weight", attached(layer.up().mul(layer.scale()), scope));
        }
    },
    /** {@code lora_unet_…​.lora_down.weight}, {@code lora_te_…} (SDXL: {@code lora_te1_}, {@code lora_te2_}), and {@code .alpha}. */
    KOHYA {
        @Override
        void add(Map<String, NDArray> tensors, NDManager scope, String name, Layer layer) {
            tensors.put(name + ".lora_down.weight", layer.down());
            tensors.put(name + ".lora_up.weight", layer.up());
            tensors.put(name + ".alpha", scope.create((float) layer.alpha()));
        }
    };

    private static final int NAMED_IN_ERROR = 8;
    private static final List<Suffix> SUFFIXES = List.of(
            new Suffix(".lora.down.weight", Role.DOWN),
            new Suffix(".lora.up.weight", Role.UP),
            new Suffix(".lora_A.weight", Role.DOWN),
            new Suffix(".lora_B.weight", Role.UP),
            new Suffix(".lora_A.default.weight", Role.DOWN),
            new Suffix(".lora_B.default.weight", Role.UP),
            new Suffix(".lora_linear_layer.down.weight", Role.DOWN),
            new Suffix(".lora_linear_layer.up.weight", Role.UP),
            new Suffix(".lora_down.weight", Role.DOWN),
            new Suffix(".lora_up.weight", Role.UP),
            new Suffix(".alpha", Role.ALPHA));

    private enum Role {
        DOWN,
        UP,
        ALPHA
    }

    private record Suffix(String text, Role role) {}

    abstract void add(Map<String, NDArray> tensors, NDManager scope, String name, Layer layer);

    private static NDArray attached(NDArray array, NDManager scope) {
        array.attach(scope);
        return array;
    }

    /** Writes an adapter. */
    public void write(OutputStream out, LoraAdapter adapter, KohyaNames kohya, Map<String, String> metadata)
            throws IOException {
        try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            new TreeMap<>(adapter.layers())
                    .forEach((name, layer) -> add(tensors, scope, this == KOHYA ? kohya.flat(name) : name, layer));
            Map<String, String> notes = new LinkedHashMap<>(metadata);
            notes.put("format", "pt");
            SafeTensorsWriter.write(out, tensors, notes);
        }
    }

    /**
     * Reads an adapter in any of the known naming schemes.
     *
     * @param manager owns it
     * @param layers shapes of the weights of every layer the model has, by the names adapters give them
     * @throws InvalidModelException naming what the model does not have, or what is incomplete or misshapen. A file that
     *     would change nothing is refused too
     */
    public static LoraAdapter read(NDManager manager, SafeTensors file, Map<String, long[]> layers, KohyaNames kohya) {
        Map<String, Parts> found = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>();
        file.entries().forEach((key, entry) -> {
            Suffix suffix = suffix(key);
            String layer = suffix == null
                    ? null
                    : resolve(key.substring(0, key.length() - suffix.text.length()), layers, kohya);
            if (suffix == null || layer == null) {
                unknown.add(key);
            } else {
                found.computeIfAbsent(layer, name -> new Parts()).put(suffix.role, entry);
            }
        });
        if (!unknown.isEmpty()) {
            throw new InvalidModelException("the adapter has %d tensors that this model has no layer for, among them %s"
                    .formatted(
                            unknown.size(),
                            String.join(
                                    ", ", unknown.stream().limit(NAMED_IN_ERROR).toList())));
        }
        if (found.isEmpty()) {
            throw new InvalidModelException("the file holds no adapter");
        }
        Map<String, Layer> read = new LinkedHashMap<>();
        found.forEach((name, parts) -> read.put(name, parts.read(manager, name, layers.get(name))));
        return new LoraAdapter(read);
    }

    private static @Nullable Suffix suffix(String key) {
        return SUFFIXES.stream().filter(s -> key.endsWith(s.text)).findFirst().orElse(null);
    }

    private static @Nullable String resolve(String name, Map<String, long[]> layers, KohyaNames kohya) {
        if (layers.containsKey(name)) {
            return name;
        }
        return kohya.layer(name).filter(layers::containsKey).orElse(null);
    }

    /** The tensors of one layer as they are found. */
    private static final class Parts {

        private SafeTensors.@Nullable Entry down;
        private SafeTensors.@Nullable Entry up;
        private SafeTensors.@Nullable Entry alpha;

        void put(Role role, SafeTensors.Entry entry) {
            switch (role) {
                case DOWN -> down = entry;
                case UP -> up = entry;
                case ALPHA -> alpha = entry;
            }
        }

        Layer read(NDManager manager, String name, long @Nullable [] weight) {
            if (down == null || up == null || weight == null) {
                throw new InvalidModelException("the adapter's layer %s is not complete".formatted(name));
            }
            long rank = down.shape()[0];
            boolean fits = down.shape().length == weight.length
                    && up.shape().length == weight.length
                    && down.shape()[1] == weight[1]
                    && up.shape()[0] == weight[0]
                    && up.shape()[1] == rank;
            if (!fits) {
                throw new InvalidModelException("the adapter's layer %s does not fit the model's".formatted(name));
            }
            double numerator = rank;
            if (alpha != null) {
                try (NDArray value = TensorReader.readFloat(manager, alpha)) {
                    numerator = value.toFloatArray()[0];
                }
            }
            return new Layer(TensorReader.readFloat(manager, down), TensorReader.readFloat(manager, up), numerator);
        }
    }
}
