package dev.likeness.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checkpoints of the published sizes, by their names and shapes alone. The counts are those of the published folders. */
class PublishedCheckpointTests {

    private static final String UNET = "unet";
    private static final String VAE = "vae";
    private static final String TEXT = "text_encoder";
    private static final String SECOND_TEXT = "text_encoder_2";

    private static final Set<String> FIELDS = Set.of(("addition_embed_type addition_time_embed_dim attention_head_dim"
                    + " block_out_channels cross_attention_dim down_block_types hidden_act hidden_size in_channels"
                    + " intermediate_size latent_channels layers_per_block max_position_embeddings norm_num_groups"
                    + " num_attention_heads num_hidden_layers out_channels prediction_type"
                    + " projection_class_embeddings_input_dim sample_size scaling_factor transformer_layers_per_block"
                    + " up_block_types use_linear_projection vocab_size")
            .split(" "));

    @TempDir
    private Path home;

    @Test
    void knowsStableDiffusion15() throws IOException {
        SingleFile opened = open(PublishedCheckpoint.sd15());

        assertThat(parameters(opened, UNET)).isEqualTo(859_520_964L);
        assertThat(opened.shapes(UNET)).hasSize(686);
        assertThat(parameters(opened, VAE)).isEqualTo(83_653_863L);
        assertThat(opened.shapes(VAE)).hasSize(248);
        assertThat(parameters(opened, TEXT)).isEqualTo(123_060_480L);
        assertThat(opened.shapes(TEXT)).hasSize(196);
        assertThat(json(opened, "unet/config.json")).isEqualTo("""
                {"attention_head_dim":8,"block_out_channels":[320,640,1280,1280],"cross_attention_dim":768,\
                "down_block_types":["CrossAttnDownBlock2D","CrossAttnDownBlock2D","CrossAttnDownBlock2D","DownBlock2D"],\
                "in_channels":4,"layers_per_block":2,"norm_num_groups":32,"out_channels":4,"sample_size":64,\
                "transformer_layers_per_block":1,\
                "up_block_types":["UpBlock2D","CrossAttnUpBlock2D","CrossAttnUpBlock2D","CrossAttnUpBlock2D"],\
                "use_linear_projection":false}""");
        assertThat(json(opened, "text_encoder/config.json")).isEqualTo("""
                {"hidden_act":"quick_gelu","hidden_size":768,"intermediate_size":3072,"max_position_embeddings":77,\
                "num_attention_heads":12,"num_hidden_layers":12,"vocab_size":49408}""");
        assertThat(json(opened, "vae/config.json")).isEqualTo("""
                {"block_out_channels":[128,256,512,512],\
                "down_block_types":\
                ["DownEncoderBlock2D","DownEncoderBlock2D","DownEncoderBlock2D","DownEncoderBlock2D"],\
                "in_channels":3,"latent_channels":4,"layers_per_block":2,"norm_num_groups":32,"out_channels":3,\
                "sample_size":512,"scaling_factor":0.18215,\
                "up_block_types":["UpDecoderBlock2D","UpDecoderBlock2D","UpDecoderBlock2D","UpDecoderBlock2D"]}""");
    }

    @Test
    void givesTheWeightsThatTheNetworksOfStableDiffusion15Have() throws IOException {
        SingleFile opened = open(PublishedCheckpoint.sd15());
        Path unet = write("unet.json", opened, "unet/config.json");
        Path vae = write("vae.json", opened, "vae/config.json");

        assertThat(shapes(opened, UNET))
                .isEqualTo(shapes(UnetConfig.of(ModelConfig.tree(unet)).weights()));
        assertThat(shapes(opened, VAE)).isEqualTo(shapes(VaeConfig.read(vae).weights()));
    }

    @Test
    void knowsStableDiffusion21() throws IOException {
        SingleFile opened = open(PublishedCheckpoint.sd21());

        assertThat(parameters(opened, UNET)).isEqualTo(865_910_724L);
        assertThat(parameters(opened, TEXT)).isEqualTo(340_387_840L);
        assertThat(json(opened, "unet/config.json")).isEqualTo("""
                {"attention_head_dim":[5,10,20,20],"block_out_channels":[320,640,1280,1280],"cross_attention_dim":1024,\
                "down_block_types":["CrossAttnDownBlock2D","CrossAttnDownBlock2D","CrossAttnDownBlock2D","DownBlock2D"],\
                "in_channels":4,"layers_per_block":2,"norm_num_groups":32,"out_channels":4,"sample_size":96,\
                "transformer_layers_per_block":1,\
                "up_block_types":["UpBlock2D","CrossAttnUpBlock2D","CrossAttnUpBlock2D","CrossAttnUpBlock2D"],\
                "use_linear_projection":true}""");
        assertThat(json(opened, "text_encoder/config.json")).isEqualTo("""
                {"hidden_act":"gelu","hidden_size":1024,"intermediate_size":4096,"max_position_embeddings":77,\
                "num_attention_heads":16,"num_hidden_layers":23,"vocab_size":49408}""");
        assertThat(json(opened, "scheduler/scheduler_config.json")).contains("\"prediction_type\":\"v_prediction\"");
    }

    @Test
    void givesTheSmallStableDiffusion2ItsOwnResolution() throws IOException {
        Path file = PublishedCheckpoint.sd21().write(home.resolve("m.safetensors"));

        SingleFile opened = SingleFile.open(file, new SingleFile.Options("epsilon", null, null));

        assertThat(json(opened, "unet/config.json")).contains("\"sample_size\":64");
        assertThat(json(opened, "vae/config.json")).contains("\"sample_size\":512");
    }

    @Test
    void knowsStableDiffusionXl() throws IOException {
        SingleFile opened = open(PublishedCheckpoint.sdxl());

        assertThat(parameters(opened, UNET)).isEqualTo(2_567_463_684L);
        assertThat(opened.shapes(UNET)).hasSize(1680);
        assertThat(parameters(opened, TEXT)).isEqualTo(123_060_480L);
        assertThat(parameters(opened, SECOND_TEXT)).isEqualTo(694_659_840L);
        assertThat(json(opened, "unet/config.json")).isEqualTo("""
                {"addition_embed_type":"text_time","addition_time_embed_dim":256,"attention_head_dim":[5,10,20],\
                "block_out_channels":[320,640,1280],"cross_attention_dim":2048,\
                "down_block_types":["DownBlock2D","CrossAttnDownBlock2D","CrossAttnDownBlock2D"],\
                "in_channels":4,"layers_per_block":2,"norm_num_groups":32,"out_channels":4,\
                "projection_class_embeddings_input_dim":2816,"sample_size":128,"transformer_layers_per_block":[1,2,10],\
                "up_block_types":["CrossAttnUpBlock2D","CrossAttnUpBlock2D","UpBlock2D"],"use_linear_projection":true}""");
        assertThat(json(opened, "vae/config.json"))
                .contains("\"scaling_factor\":0.13025")
                .contains("\"sample_size\":1024");
        assertThat(json(opened, "text_encoder_2/config.json")).isEqualTo("""
                {"hidden_act":"gelu","hidden_size":1280,"intermediate_size":5120,"max_position_embeddings":77,\
                "num_attention_heads":20,"num_hidden_layers":32,"vocab_size":49408}""");
    }

    private SingleFile open(PublishedCheckpoint checkpoint) throws IOException {
        return SingleFile.open(checkpoint.write(home.resolve("m.safetensors")), SingleFile.Options.none());
    }

    private static long parameters(SingleFile opened, String part) {
        return opened.shapes(part).values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** The fields that differ between the families, ordered by their names. */
    private static String json(SingleFile opened, String file) {
        Map<String, JsonNode> fields = new TreeMap<>();
        opened.document(file).orElseThrow().properties().forEach(field -> {
            if (FIELDS.contains(field.getKey())) {
                fields.put(field.getKey(), field.getValue());
            }
        });
        return JsonMapper.shared().writeValueAsString(fields);
    }

    private Path write(String name, SingleFile opened, String file) throws IOException {
        return Files.writeString(
                home.resolve(name), opened.document(file).orElseThrow().toString());
    }

    private static Map<String, String> shapes(SingleFile opened, String part) {
        Map<String, String> shapes = new TreeMap<>();
        opened.shapes(part).forEach((name, shape) -> shapes.put(name, Arrays.toString(shape)));
        return shapes;
    }

    private static Map<String, String> shapes(Map<String, WeightSpec> weights) {
        Map<String, String> shapes = new TreeMap<>();
        weights.forEach((name, spec) -> shapes.put(name, Arrays.toString(spec.shape())));
        return shapes;
    }
}
