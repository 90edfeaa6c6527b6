package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.Element;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model of the reference values as a single file in the original naming. */
public final class TinyCheckpoint {

    /** Fields that only a configuration file states, for which the tiny models differ from the published ones. */
    private static final List<String> INVISIBLE = List.of(
            "_class_name",
            "attention_head_dim",
            "norm_num_groups",
            "sample_size",
            "num_attention_heads",
            "bos_token_id",
            "eos_token_id",
            "hidden_act",
            "layer_norm_eps",
            "architectures",
            "scaling_factor");

    public final Path model;
    final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final boolean second;

    private TinyCheckpoint(String name) {
        model = Path.of("src/test/resources/goldens", name, "model");
        second = Files.exists(model.resolve("text_encoder_2"));
        addUnet();
        addVae();
    }

    public static TinyCheckpoint sd1() {
        TinyCheckpoint checkpoint = new TinyCheckpoint("tiny-sd1");
        checkpoint.addClip("cond_stage_model.transformer.");
        return checkpoint;
    }

    /** With one more layer in the text encoder, which the folder does not have. */
    public static TinyCheckpoint sd2() {
        TinyCheckpoint checkpoint = new TinyCheckpoint("tiny-sd2");
        checkpoint.addOpenClip("text_encoder", "cond_stage_model.model.");
        checkpoint.tensors.put("cond_stage_model.model.text_projection", Tensor.zeros(Element.F32, 32, 32));
        String last = "cond_stage_model.model.transformer.resblocks.2.";
        Map.copyOf(checkpoint.tensors).forEach((name, tensor) -> {
            if (name.startsWith(last)) {
                checkpoint.tensors.put(name.replace(".2.", ".3."), tensor);
            }
        });
        return checkpoint;
    }

    public static TinyCheckpoint sdxl() {
        TinyCheckpoint checkpoint = new TinyCheckpoint("tiny-sdxl");
        checkpoint.addClip("conditioner.embedders.0.transformer.");
        checkpoint.addOpenClip("text_encoder_2", "conditioner.embedders.1.model.");
        checkpoint.tensors.put(
                "conditioner.embedders.1.model.text_projection",
                checkpoint
                        .weight("text_encoder_2/model", "text_projection.weight")
                        .transposed());
        return checkpoint;
    }

    private void addUnet() {
        JsonNode config = json("unet/config.json");
        List<Boolean> attends = config.get("down_block_types").values().stream()
                .map(type -> type.asString().startsWith("CrossAttn"))
                .toList();
        OriginalNames names =
                OriginalNames.unet(attends, config.get("layers_per_block").asInt());
        weights("unet/diffusion_pytorch_model")
                .forEach((name, tensor) -> tensors.put("model.diffusion_model." + names.of(name), tensor));
    }

    private void addVae() {
        JsonNode config = json("vae/config.json");
        OriginalNames names = OriginalNames.vae(
                config.get("block_out_channels").size(),
                config.get("layers_per_block").asInt());
        weights("vae/diffusion_pytorch_model").forEach((name, tensor) -> {
            boolean linear = name.contains("attentions") && tensor.shape().size() == 2;
            tensors.put(
                    "first_stage_model." + names.of(name),
                    linear
                            ? tensor.withShape(
                                    tensor.shape().get(0), tensor.shape().get(1), 1L, 1L)
                            : tensor);
        });
    }

    private void addClip(String prefix) {
        weights("text_encoder/model").forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    }

    private void addOpenClip(String folder, String prefix) {
        int layers = json(folder + "/config.json").get("num_hidden_layers").asInt();
        OriginalNames names = OriginalNames.openClip(layers);
        Map<String, Tensor> weights = weights(folder + "/model");
        for (int i = 0; i < layers; i++) {
            for (String kind : List.of("weight", "bias")) {
                String attention = "text_model.encoder.layers.%d.self_attn.".formatted(i);
                List<Tensor> three = Stream.of("q", "k", "v")
                        .map(one ->
                                Objects.requireNonNull(weights.remove("%s%s_proj.%s".formatted(attention, one, kind))))
                        .toList();
                tensors.put(
                        "%stransformer.resblocks.%d.attn.in_proj_%s".formatted(prefix, i, kind), Tensor.stacked(three));
            }
        }
        tensors.put(
                prefix + "positional_embedding",
                Objects.requireNonNull(weights.remove("text_model.embeddings.position_embedding.weight")));
        weights.remove("text_projection.weight");
        weights.forEach((name, tensor) -> tensors.put(prefix + names.of(name), tensor));
    }

    /** A copy of the folder's weights. */
    Map<String, Tensor> weights(String stem) {
        return new TreeMap<>(Tensor.read(model.resolve(stem + ".safetensors")));
    }

    Tensor weight(String stem, String name) {
        return Objects.requireNonNull(weights(stem).get(name), name);
    }

    JsonNode json(String file) {
        return JsonMapper.shared().readTree(model.resolve(file).toFile());
    }

    public List<String> weightFiles() {
        return second
                ? List.of(
                        "unet/diffusion_pytorch_model",
                        "vae/diffusion_pytorch_model",
                        "text_encoder/model",
                        "text_encoder_2/model")
                : List.of("unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model");
    }

    List<String> configFiles() {
        return weightFiles().stream()
                .map(file -> file.substring(0, file.indexOf('/')) + "/config.json")
                .toList();
    }

    public Path write(Path file) throws IOException {
        Tensor.write(file, tensors, Map.of());
        return file;
    }

    /** The settings that the converter needs because this model differs from a published one. */
    public SingleFile.Options options(Path config) throws IOException {
        for (String file : configFiles()) {
            ObjectNode kept = json(file).asObject().deepCopy();
            kept.retain(INVISIBLE);
            if (file.equals("text_encoder/config.json") && model.toString().contains("sd2")) {
                kept.put("num_hidden_layers", 3);
            }
            Path target = config.resolve(file);
            Files.createDirectories(target.resolveSibling("."));
            JsonMapper.shared().writeValue(target, kept);
        }
        return new SingleFile.Options(null, model.resolve("tokenizer"), config);
    }

    @Override
    public String toString() {
        return model.getName(model.getNameCount() - 2).toString();
    }
}
