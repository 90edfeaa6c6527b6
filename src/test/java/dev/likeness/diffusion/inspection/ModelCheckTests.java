package dev.likeness.diffusion.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.TestMethodSettings;
import dev.likeness.diffusion.plan.MemoryEstimate;
import dev.likeness.diffusion.plan.MemoryOptions;
import dev.likeness.diffusion.plan.MemoryPlan;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.plan.SamplingLoad;
import dev.likeness.diffusion.plan.Workload;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ModelCheckTests {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"tiny-sd1, 64, 16", "tiny-sd2, 64, 16", "tiny-sdxl, 64, 16"})
    void passesWhatCanBeUsed(String model, int resolution, int multiple) throws IOException {
        ModelCheck.Facts facts = check(copy(model));

        assertThat(facts.resolution()).isEqualTo(resolution);
        assertThat(facts.sizeMultiple()).isEqualTo(multiple);
    }

    /** Each change invalidates the model; with the reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiny-sd1|model_index.json|_class_name|\"StableDiffusionInpaintPipeline\"|pipeline StableDiffusionInpaintPipeline is not supported",
                "tiny-sd1|model_index.json|_class_name|\"LatentConsistencyModelPipeline\"|pipeline LatentConsistencyModelPipeline",
                "tiny-sd1|model_index.json|scheduler|[\"diffusers\",\"FlowMatchEulerDiscreteScheduler\"]|scheduler FlowMatchEulerDiscreteScheduler is not supported",
                "tiny-sd1|model_index.json|text_encoder|[\"transformers\",\"T5EncoderModel\"]|text_encoder, a T5EncoderModel",
                "tiny-sd1|model_index.json|controlnet|[\"diffusers\",\"ControlNetModel\"]|controlnet",
                "tiny-sd1|unet/config.json|in_channels|9|in_channels is 9 where latents have 4 channels: models for inpainting",
                "tiny-sd1|unet/config.json|in_channels|8|in_channels is 8",
                "tiny-sd1|unet/config.json|out_channels|8|out_channels is 8",
                "tiny-sd1|unet/config.json|time_cond_proj_dim|256|time_cond_proj_dim = 256",
                "tiny-sd1|unet/config.json|mid_block_type|null|mid_block_type = null",
                "tiny-sd1|unet/config.json|layers_per_block|[2,2,1]|layers_per_block",
                "tiny-sd1|unet/config.json|transformer_layers_per_block|[[1,2],1,1]|transformer_layers_per_block",
                "tiny-sd1|unet/config.json|transformer_layers_per_block|[1,1]|transformer_layers_per_block has 2 values for 3 levels",
                "tiny-sd1|unet/config.json|reverse_transformer_layers_per_block|[[2,2],1,1]|reverse_transformer_layers_per_block",
                "tiny-sd1|unet/config.json|norm_num_groups|7|7 groups",
                "tiny-sd1|unet/config.json|block_out_channels|[]|unet/config.json",
                "tiny-sd1|unet/config.json|down_block_types|[\"DownBlock2D\"]|1 block type for 3 levels",
                "tiny-sd1|unet/config.json|cross_attention_dim|48|cross_attention_dim is 48, but the text encoders give 32",
                "tiny-sd1|unet/config.json|layers_per_block|1|unet: the weights do not match the configuration",
                "tiny-sd1|unet/config.json|layers_per_block|2000000000|layers_per_block = 2000000000 is not supported: it must be 0 to 100",
                "tiny-sd1|unet/config.json|layers_per_block|-1|layers_per_block = -1 is not supported",
                "tiny-sd1|unet/config.json|transformer_layers_per_block|[1,101,1]|transformer_layers_per_block = 101 is not supported",
                "tiny-sd1|vae/config.json|layers_per_block|2000000000|vae/config.json: layers_per_block = 2000000000",
                "tiny-sd1|text_encoder/config.json|num_hidden_layers|2000000000|text_encoder/config.json: num_hidden_layers = 2000000000",
                "tiny-sd1|vae/config.json|shift_factor|0.1|shift_factor",
                "tiny-sd1|vae/config.json|block_out_channels|[32]|vae: the weights do not match",
                "tiny-sd1|text_encoder/config.json|num_hidden_layers|4|text_encoder: the weights do not match",
                "tiny-sd1|text_encoder/config.json|vocab_size|1000|tokenizer has ids up to 1513, but text_encoder has only 1000 rows",
                "tiny-sd1|text_encoder/config.json|num_attention_heads|5|5 attention heads",
                "tiny-sd1|scheduler/scheduler_config.json|_class_name|\"FlowMatchEulerDiscreteScheduler\"|it describes a rectified flow, and this model's network does not predict the velocity of a flow",
                "tiny-sd1|scheduler/scheduler_config.json|_class_name|\"EDMEulerScheduler\"|scheduler EDMEulerScheduler is not supported",
                "tiny-sd1|scheduler/scheduler_config.json|prediction_type|\"flow_prediction\"|prediction_type: flow_prediction",
                "tiny-sd1|scheduler/scheduler_config.json|trained_betas|[0.1]|trained_betas",
                "tiny-sd1|scheduler/scheduler_config.json|num_train_timesteps|0|num_train_timesteps",
                "tiny-sd1|scheduler/scheduler_config.json|num_train_timesteps|1e10|num_train_timesteps",
                "tiny-sd1|scheduler/scheduler_config.json|beta_end|1.5|scheduler/scheduler_config.json: beta_start 8.5E-4, beta_end 1.5",
                "tiny-sd1|unet/config.json|only_cross_attention|[true,true,true]|only_cross_attention = true is not supported",
                "tiny-sd1|unet/config.json|only_cross_attention|[false,true,true]|only_cross_attention with [false,true,true] is not supported",
                "tiny-sd1|unet/config.json|act_fn|[\"silu\"]|act_fn = [\"silu\"] is not supported",
                "tiny-sd1|unet/config.json|class_embed_type|{}|class_embed_type = {} is not supported",
                "tiny-sd1|tokenizer/added_tokens.json|<x>|1600|tokenizer has ids up to 1600",
                "tiny-sd1|tokenizer/vocab.json|th</w>|null|th</w>",
                "tiny-sdxl|unet/config.json|addition_embed_type|null|addition_embed_type null does not go with a StableDiffusionXLPipeline",
                "tiny-sdxl|text_encoder_2/config.json|architectures|[\"CLIPTextModel\"]|text_encoder_2/config.json does not describe a CLIPTextModelWithProjection",
            })
    void refusesWhatCannotBeUsedWithTheReason(String model, String file, String field, String value, String reason)
            throws IOException {
        Path folder = copy(model);
        set(folder.resolve(file), field, value);

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> check(folder))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unet",
                "vae",
                "text_encoder",
                "tokenizer",
                "scheduler",
                "unet/config.json",
                "scheduler/scheduler_config.json",
                "unet/diffusion_pytorch_model.safetensors",
                "text_encoder/model.safetensors",
                "tokenizer/vocab.json",
                "tokenizer/merges.txt",
                "model_index.json"
            })
    void refusesWhatIsNotThere(String path) throws IOException {
        Path folder = copy("tiny-sd1");
        FileSystemUtils.deleteRecursively(folder.resolve(path));

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> check(folder))
                .withMessageContaining(
                        path.startsWith("tokenizer/")
                                ? "tokenizer has neither vocab.json with merges.txt nor tokenizer.json"
                                : Path.of(path).getFileName().toString())
                .withMessageNotContaining(temp.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unet/config.json", "vae/config.json", "scheduler/scheduler_config.json", "model_index.json"})
    void refusesWhatIsNoJson(String path) throws IOException {
        for (String contents : new String[] {"{", "[]", "null", ""}) {
            Path folder = copy("tiny-sd1");
            Files.writeString(folder.resolve(path), contents);

            assertThatExceptionOfType(InvalidModelException.class).as(contents).isThrownBy(() -> check(folder));
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Test
    void takesListsOfWhatIsTheSameThroughout() throws IOException {
        Path folder = copy("tiny-sd1");
        Path unet = folder.resolve("unet/config.json");
        MemoryEstimate before = planned(folder);
        set(unet, "sample_size", "[16, 20]");
        set(unet, "layers_per_block", "[2, 2, 2]");
        set(unet, "only_cross_attention", "[false, false, false]");
        set(unet, "transformer_layers_per_block", "[[1, 1], 1, [1, 1]]");
        set(unet, "reverse_transformer_layers_per_block", "[1, [1, 1, 1], 1]");

        assertThat(check(folder).resolution()).isEqualTo(64);
        assertThat(planned(folder)).isEqualTo(before);
        set(unet, "sample_size", "null");
        assertThat(check(folder).resolution()).isEqualTo(256);
    }

    private static MemoryEstimate planned(Path folder) {
        Workload training = new Workload(
                DreamBooth.TYPE.memory(TestMethodSettings.ANY),
                64,
                0,
                Precision.FP32,
                false,
                List.of(new SamplingLoad(64, 64, 1)),
                List.of());
        MemoryOptions options = new MemoryOptions(1, 1, false, OptimizerKind.ADAMW, true, 1);
        return new MemoryPlan(ModelSize.read(ModelHeaders.of(folder)), training, options).estimate();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp16", "bf16", "fp32"})
    void takesWeightsThatAreThereInOnePrecisionAlone(String variant) throws IOException {
        Path folder = copy("tiny-sd1");
        for (String part :
                new String[] {"unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model"}) {
            Files.move(folder.resolve(part + ".safetensors"), folder.resolve(part + "." + variant + ".safetensors"));
        }

        assertThat(check(folder).resolution()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "unet/diffusion_pytorch_model, conv_in.weight, F64",
        "unet/diffusion_pytorch_model, conv_in.weight, F8_E4M3FNUZ",
        "unet/diffusion_pytorch_model, conv_in.weight, I8",
        "vae/diffusion_pytorch_model, encoder.conv_in.weight, U8",
        "text_encoder/model, text_model.final_layer_norm.weight, I64",
    })
    void refusesWeightsOfTypesThatAreNotRead(String file, String weight, Element element) throws IOException {
        Path folder = copy("tiny-sd1");
        retype(folder.resolve(file + ".safetensors"), weight, element);

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> check(folder))
                .withMessage(
                        "%s: the weight %s is of type %s, which is not supported; F32, F16, BF16, F8_E5M2, F8_E4M3 are"
                                .formatted(Path.of(file).getParent(), weight, element));
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "F8_E5M2", "F8_E4M3"})
    void takesWeightsOfTypesThatAreRead(Element element) throws IOException {
        Path folder = copy("tiny-sd1");
        retype(folder.resolve("unet/diffusion_pytorch_model.safetensors"), "conv_in.weight", element);

        assertThat(check(folder).resolution()).isEqualTo(64);
    }

    /** The same tensors with another type for one of them, without their values. */
    private static void retype(Path file, String name, Element element) throws IOException {
        SafeTensorsHeader header = new SafeTensorsHeader(Map.of());
        long length = 0;
        for (Map.Entry<String, SafeTensors.Entry> tensor :
                SafeTensors.open(file).entries().entrySet()) {
            SafeTensors.Entry entry = tensor.getValue();
            Element type = tensor.getKey().equals(name) ? element : entry.element();
            header.add(tensor.getKey(), type, entry.shape());
            length += entry.length() / entry.element().bytes() * type.bytes();
        }
        byte[] bytes = header.toBytes();
        Files.write(file, Arrays.copyOf(bytes, Math.toIntExact(bytes.length + length)));
    }

    private static ModelCheck.Facts check(Path folder) {
        return ModelCheck.check(ModelHeaders.of(folder));
    }

    private Path copy(String model) throws IOException {
        Path folder = temp.resolve(model);
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/goldens", model, "model"), folder);
        return folder;
    }

    /** null removes a field of a vocabulary. */
    private static void set(Path file, String field, String value) throws IOException {
        ObjectNode json = Files.exists(file)
                ? (ObjectNode) JsonMapper.shared().readTree(Files.readString(file))
                : JsonMapper.shared().createObjectNode();
        if (value.equals("null") && file.endsWith("vocab.json")) {
            json.remove(field);
        } else {
            json.set(field, JsonMapper.shared().readTree(value));
        }
        Files.writeString(file, json.toString());
    }
}
