package dev.likeness.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.tensor.Element;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a converted checkpoint consists of. */
class SingleFileTests extends SingleFileTest {

    /** Metadata about the writing program, and fields that no network has. */
    private static final Set<String> NOTES = Set.of(
            "_diffusers_version", "transformers_version", "dtype", "dropout", "force_upcast", "upcast_attention");

    private static final String BETAS = "betas";

    @ParameterizedTest
    @MethodSource("families")
    void givesEveryTensorBack(TinyCheckpoint checkpoint) throws IOException {
        Path folder = convert(checkpoint);

        for (String file : checkpoint.weightFiles()) {
            assertThat(Tensor.read(folder.resolve(file + ".safetensors")))
                    .as(file)
                    .containsExactlyInAnyOrderEntriesOf(checkpoint.weights(file));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void readsTheConfigurationFromTheShapes(TinyCheckpoint checkpoint) throws IOException {
        Path folder = convert(checkpoint);

        for (String file : checkpoint.configFiles()) {
            JsonNode converted = read(folder.resolve(file));
            checkpoint.json(file).properties().stream()
                    .filter(field -> !NOTES.contains(field.getKey()) && converted.has(field.getKey()))
                    .forEach(field -> assertThat(converted.get(field.getKey()))
                            .as("%s: %s", file, field.getKey())
                            .isEqualTo(field.getValue()));
        }
        assertThat(read(folder.resolve("unet/config.json")).propertyNames())
                .contains(
                        "block_out_channels",
                        "cross_attention_dim",
                        "down_block_types",
                        "in_channels",
                        "layers_per_block",
                        "transformer_layers_per_block",
                        "up_block_types",
                        "use_linear_projection");
        assertThat(read(folder.resolve("vae/config.json")).propertyNames())
                .contains("block_out_channels", "latent_channels", "layers_per_block");
        assertThat(read(folder.resolve("text_encoder/config.json")).propertyNames())
                .contains("hidden_size", "intermediate_size", "num_hidden_layers", "projection_dim", "vocab_size");
    }

    @Test
    void writesTheWholeLayoutOfStableDiffusion1() throws IOException {
        Path folder = convert(TinyCheckpoint.sd1());

        assertThat(files(folder))
                .containsExactlyInAnyOrder(
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder/config.json",
                        "text_encoder/model.safetensors",
                        "tokenizer/merges.txt",
                        "tokenizer/special_tokens_map.json",
                        "tokenizer/tokenizer_config.json",
                        "tokenizer/vocab.json",
                        "unet/config.json",
                        "unet/diffusion_pytorch_model.safetensors",
                        "vae/config.json",
                        "vae/diffusion_pytorch_model.safetensors");
        assertThat(folder.resolve("tokenizer/vocab.json"))
                .hasSameBinaryContentAs(TinyCheckpoint.sd1().model.resolve("tokenizer/vocab.json"));
        assertThat(read(folder.resolve("model_index.json")).path("_class_name").asString())
                .isEqualTo("StableDiffusionPipeline");
    }

    @Test
    void writesTwoTextEncodersAndTokenizersForStableDiffusionXl() throws IOException {
        Path folder = convert(TinyCheckpoint.sdxl());

        assertThat(files(folder)).contains("text_encoder_2/model.safetensors", "tokenizer_2/vocab.json");
        assertThat(read(folder.resolve("tokenizer/special_tokens_map.json"))
                        .path("pad_token")
                        .asString())
                .isEqualTo("<|endoftext|>");
        assertThat(read(folder.resolve("tokenizer_2/special_tokens_map.json"))
                        .path("pad_token")
                        .asString())
                .isEqualTo("!");
        JsonNode unet = read(folder.resolve("unet/config.json"));
        assertThat(unet.path("addition_embed_type").asString()).isEqualTo("text_time");
        assertThat(unet.path("addition_time_embed_dim").asInt()).isEqualTo(8);
        assertThat(unet.path("projection_class_embeddings_input_dim").asInt()).isEqualTo(96);
    }

    @Test
    void keepsTheTypeOfTensors() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        checkpoint.tensors.replaceAll((name, tensor) -> tensor.rounded());

        Path folder = convert(checkpoint);

        Map<String, Tensor> expected = checkpoint.weights("unet/diffusion_pytorch_model");
        expected.replaceAll((name, tensor) -> tensor.rounded());
        assertThat(Tensor.read(folder.resolve("unet/diffusion_pytorch_model.safetensors")))
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void transposesTensorsOfTwoBytes() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sdxl();
        checkpoint.tensors.replaceAll((name, tensor) -> tensor.rounded());

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder_2/model.safetensors")))
                .containsEntry(
                        "text_projection.weight",
                        checkpoint
                                .weight("text_encoder_2/model", "text_projection.weight")
                                .rounded());
    }

    @Test
    void leavesTrainingAndScheduleBehind() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        Tensor tensor = Tensor.zeros(Element.F32, 4);
        checkpoint.tensors.put(BETAS, tensor);
        checkpoint.tensors.put("alphas_cumprod", tensor);
        checkpoint.tensors.put("model_ema.diffusion_modelinput_blocks00weight", tensor);
        checkpoint.tensors.put("model_ema.decay", tensor);
        checkpoint.tensors.put("cond_stage_model.transformer.text_model.embeddings.position_ids", tensor);
        checkpoint.tensors.put("cond_stage_model.logit_scale", tensor);
        checkpoint.tensors.put("cond_stage_model.transformer.text_projection.weight", tensor);

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder/model.safetensors")))
                .containsOnlyKeys(checkpoint.weights("text_encoder/model").keySet());
    }

    @Test
    void knowsTextEncodersWithoutTheirFirstName() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        rename(checkpoint, name -> name.replace("transformer.text_model.", "transformer."));

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder/model.safetensors")))
                .containsExactlyInAnyOrderEntriesOf(checkpoint.weights("text_encoder/model"));
    }

    @Test
    void takesATextEncoderWhoseLastLayerIsGoneAlready() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd2();
        checkpoint.tensors.keySet().removeIf(name -> name.contains("resblocks.3."));

        Path folder = convert(checkpoint);

        assertThat(Tensor.read(folder.resolve("text_encoder/model.safetensors")))
                .containsExactlyInAnyOrderEntriesOf(checkpoint.weights("text_encoder/model"));
    }

    private static void rename(TinyCheckpoint checkpoint, UnaryOperator<String> rename) {
        Map<String, Tensor> before = Map.copyOf(checkpoint.tensors);
        checkpoint.tensors.clear();
        before.forEach((name, tensor) -> checkpoint.tensors.put(rename.apply(name), tensor));
    }
}
