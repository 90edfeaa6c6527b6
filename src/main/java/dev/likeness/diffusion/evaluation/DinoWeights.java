package dev.likeness.diffusion.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.graph.Weights;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.ScriptModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the weights of transformers' ViTModel and Dinov2Model as weights of {@link DinoTopology}. */
final class DinoWeights {

    private static final String CLASS = DinoTopology.EMBEDDINGS + ".class_embedding";
    private static final String POSITION = DinoTopology.EMBEDDINGS + ".position_embedding";
    private static final Pattern LAYER = Pattern.compile("(encoder\\.layer\\.\\d+)\\.(.+)\\.(weight|bias)");

    private static final Map<String, String> EMBEDDINGS = Map.of(
            "embeddings.cls_token",
            CLASS,
            "embeddings.position_embeddings",
            POSITION,
            "embeddings.patch_embeddings.projection.weight",
            DinoTopology.EMBEDDINGS + ".patch_embedding.weight",
            "embeddings.patch_embeddings.projection.bias",
            DinoTopology.EMBEDDINGS + ".patch_embedding.bias");

    /** Names within a layer, in the files of both versions. */
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("layernorm_before", "layer_norm1"),
            Map.entry("norm1", "layer_norm1"),
            Map.entry("attention.attention.query", "self_attn.q_proj"),
            Map.entry("attention.attention.key", "self_attn.k_proj"),
            Map.entry("attention.attention.value", "self_attn.v_proj"),
            Map.entry("attention.output.dense", "self_attn.out_proj"),
            Map.entry("layernorm_after", "layer_norm2"),
            Map.entry("norm2", "layer_norm2"),
            Map.entry("intermediate.dense", "mlp.fc1"),
            Map.entry("output.dense", "mlp.fc2"));

    /** The layer whose outputs each of DINOv2's layer scales multiplies. */
    private static final Map<String, String> SCALED =
            Map.of("layer_scale1.lambda1", "self_attn.out_proj", "layer_scale2.lambda1", "mlp.fc2");

    private DinoWeights() {}

    /**
     * @param manager owns the weights
     * @param side side of the pictures, in patches
     */
    static Map<String, NDArray> read(
            NDManager manager, SafeTensors file, DinoConfig config, Topology topology, int side) {
        Map<String, WeightSpec> needed = NeededWeights.of(List.of(topology));
        int positions = config.grid() * config.grid() + 1;
        needed.put(POSITION, new WeightSpec(POSITION, 1, positions, config.hiddenSize()));
        if (config.isV2()) {
            scales(config).forEach(scale -> needed.put(scale, new WeightSpec(scale, config.hiddenSize())));
        }
        Map<String, NDArray> weights =
                new LinkedHashMap<>(Weights.read(manager, "dino", file, needed, DinoWeights::name));
        if (config.isV2()) {
            scales(config).forEach(scale -> foldInPlace(weights, scale));
        }
        if (side != config.grid()) {
            NDArray trained = Objects.requireNonNull(weights.get(POSITION));
            weights.put(POSITION, resized(manager, trained, config.grid(), side));
            trained.close();
        }
        return weights;
    }

    /** Ignores the pooler, which is for classification, and the mask token, which is for training. */
    private static String name(String key) {
        if (key.startsWith("pooler.") || key.equals("embeddings.mask_token")) {
            return "";
        }
        Matcher layer = LAYER.matcher(key);
        if (layer.matches()) {
            String part = PARTS.getOrDefault(layer.group(2), layer.group(2));
            return layer.group(1) + "." + part + "." + layer.group(3);
        }
        return EMBEDDINGS.getOrDefault(key, key);
    }

    private static List<String> scales(DinoConfig config) {
        return IntStream.range(0, config.numHiddenLayers())
                .mapToObj(
                        i -> SCALED.keySet().stream().sorted().map(scale -> "encoder.layer.%d.%s".formatted(i, scale)))
                .flatMap(names -> names)
                .toList();
    }

    /** Scaling the outputs of a linear layer is scaling its rows. */
    private static void foldInPlace(Map<String, NDArray> weights, String name) {
        int at = name.indexOf("layer_scale");
        String linear = name.substring(0, at) + SCALED.get(name.substring(at));
        try (NDArray scale = Objects.requireNonNull(weights.remove(name))) {
            NDArray weight = Objects.requireNonNull(weights.get(linear + ".weight"));
            try (NDArray column = scale.reshape(-1, 1)) {
                weight.muli(column);
            }
            Objects.requireNonNull(weights.get(linear + ".bias")).muli(scale);
        }
    }

    /** Positions interpolated to another grid, bicubic, as in transformers. That of the class token is unchanged. */
    private static NDArray resized(NDManager manager, NDArray positions, int from, int to) {
        String resize = """
                  def resized(self: __torch__.M, x: Tensor) -> Tensor:
                    return torch.upsample_bicubic2d(x, [%d, %d], False)
                """.formatted(to, to);
        long features = positions.getShape().get(2);
        try (NDManager scope = manager.newSubManager();
                ScriptModule module = new ScriptModule(scope, "", resize.indent(0))) {
            NDArray known = positions.get(":, 0:1");
            NDArray grid =
                    positions.get(":, 1:").reshape(1, from, from, features).transpose(0, 3, 1, 2);
            NDArray wanted = module.call(scope, "resized", grid)
                    .get(0)
                    .transpose(0, 2, 3, 1)
                    .reshape(new Shape(1, (long) to * to, features));
            NDArray all = NDArrays.concat(new NDList(known, wanted), 1);
            all.attach(manager);
            return all;
        }
    }
}
