package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.singlefile.PublishedCheckpoint;
import dev.likeness.diffusion.singlefile.SingleFile;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.text.ClipTextConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ModelSizeTests {

    @TempDir
    private Path home;

    @Test
    void readsAFolder() {
        Path folder = Path.of("src/test/resources/goldens/tiny-sdxl/model");

        ModelSize size = ModelSize.read(ModelHeaders.of(folder));

        assertThat(size.denoiser().topology())
                .isEqualTo(UnetConfig.of(ModelConfig.tree(folder.resolve("unet/config.json")))
                        .topology());
        assertThat(size.textEncoders())
                .extracting(ModelSize.Network::topology)
                .containsExactly(
                        ClipTextConfig.read(folder.resolve("text_encoder/config.json"))
                                .topology(),
                        ClipTextConfig.read(folder.resolve("text_encoder_2/config.json"))
                                .topology());
        assertThat(size.autoencoder().factor()).isEqualTo(4);
    }

    @Test
    void countsWhatIsPublishedOfStableDiffusion15() throws IOException {
        ModelSize size = read(PublishedCheckpoint.sd15());

        assertThat(size.denoiser().parameters().all()).isEqualTo(859_520_964L);
        assertThat(size.textEncoders().get(0).parameters().all()).isEqualTo(123_060_480L);
        assertThat(size.autoencoder().parameters().all()).isEqualTo(83_653_863L);
        // The adapter that diffusers' DreamBooth LoRA example trains with its rank of 4.
        assertThat(4 * size.denoiser().parameters().attentionAdapter()).isEqualTo(797_184L);
    }

    @Test
    void countsWhatIsPublishedOfStableDiffusionXl() throws IOException {
        ModelSize size = read(PublishedCheckpoint.sdxl());

        assertThat(size.denoiser().parameters().all()).isEqualTo(2_567_463_684L);
        assertThat(4 * size.denoiser().parameters().attentionAdapter()).isEqualTo(5_806_080L);
        assertThat(size.textEncoders().get(1).parameters().all()).isEqualTo(694_659_840L);
    }

    @Test
    void countsAdaptersOfConvolutionsWithTheirTaps() {
        Parameters parameters = Parameters.of(
                "unet",
                Map.of(
                        "down_blocks.0.resnets.0.conv1.weight", new long[] {8, 4, 3, 3},
                        "down_blocks.0.resnets.0.conv1.bias", new long[] {8},
                        "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.weight", new long[] {6, 5},
                        "text_model.embeddings.token_embedding.weight", new long[] {100, 10},
                        "text_model.embeddings.position_ids", new long[] {1, 77}),
                Set.of("to_q"));

        assertThat(parameters.all()).isEqualTo(8 * 4 * 9 + 8 + 30 + 1000);
        assertThat(parameters.attentionAdapter()).isEqualTo(11);
        assertThat(parameters.fullAdapter()).isEqualTo(4 * 9 + 8 + 11);
        assertThat(parameters.attention()).isEqualTo(30);
    }

    @Test
    void namesTheWeightsThatAreMissing() {
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelSize.read(ModelHeaders.of(Path.of("src/test/resources/real-size"))))
                .withMessageContaining("unet/diffusion_pytorch_model.safetensors is missing");
    }

    @Test
    void countsTheScorersWhereThereAreAny() {
        Path tinyWorld = Path.of("src/main/resources/models/likeness/tiny-world");

        assertThat(ModelSize.read(ModelHeaders.of(tinyWorld)).scorers())
                .hasEntrySatisfying("clip", numbers -> assertThat(numbers).isGreaterThan(1_000_000));
        assertThat(ModelSize.read(ModelHeaders.of(Path.of("src/test/resources/goldens/tiny-sd1/model")))
                        .scorers())
                .isEmpty();
    }

    private ModelSize read(PublishedCheckpoint checkpoint) throws IOException {
        Path file = checkpoint.write(home.resolve("m.safetensors"));
        return ModelSize.read(headers(SingleFile.open(file, SingleFile.Options.none())));
    }

    static ModelHeaders headers(SingleFile opened) {
        return new ModelHeaders() {
            @Override
            public boolean has(String part) {
                return !opened.shapes(part).isEmpty();
            }

            @Override
            public JsonNode document(String path) {
                return opened.document(path).orElseThrow();
            }

            @Override
            public Map<String, long[]> shapes(String part) {
                return opened.shapes(part);
            }

            @Override
            public Map<String, Element> elements(String part) {
                return opened.elements(part);
            }
        };
    }
}
