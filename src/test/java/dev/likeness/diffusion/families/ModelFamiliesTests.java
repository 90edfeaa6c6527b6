package dev.likeness.diffusion.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.family.ConditioningLayout.State;
import dev.likeness.diffusion.family.ModelFamily;
import dev.likeness.diffusion.family.ModelOutline;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.schedule.VariancePreserving;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelFamiliesTests {

    @ParameterizedTest
    @CsvSource({
        "tiny-sd1, stable-diffusion-1, StableDiffusionPipeline",
        "tiny-sd2, stable-diffusion-2, StableDiffusionPipeline",
        "tiny-sdxl, stable-diffusion-xl, StableDiffusionXLPipeline"
    })
    void knowsAModelByItsPipelineAndItsNetworks(String model, String id, String pipeline) {
        ModelFamily family = ModelFamilies.ofWhole(headers(model));

        assertThat(family.id()).isEqualTo(id);
        assertThat(family.pipeline()).isEqualTo(pipeline);
        assertThat(family.noise(headers(model))).isInstanceOf(VariancePreserving.class);
    }

    @Test
    void haveNamesOfTheirOwn() {
        assertThat(ModelFamilies.all()).extracting(ModelFamily::id).doesNotHaveDuplicates();
    }

    @Test
    void describesTheNetworksOfStableDiffusionXl() {
        ModelOutline outline = ModelFamilies.of(headers("tiny-sdxl")).outline(headers("tiny-sdxl"));

        assertThat(outline.networks())
                .extracting(ModelOutline.NetworkOutline::part)
                .containsExactly("unet", "vae", "text_encoder", "text_encoder_2");
        assertThat(outline.denoiser().network().topology().inputs())
                .containsExactly("sample", "timestep", "context", "pooled", "sizes");
        assertThat(outline.conditioning().textEncoders())
                .extracting(ModelOutline.TextEncoderOutline::tokenizer)
                .containsExactly("tokenizer", "tokenizer_2");
        assertThat(outline.conditioning().layout().pooled())
                .singleElement()
                .satisfies(piece -> assertThat(piece.state()).isEqualTo(State.POOLED));
        assertThat(outline.conditioning().zeroesEmptyPrompts()).isTrue();
        assertThat(outline.latents().shift()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"tiny-sd1", "tiny-sd2", "tiny-sdxl"})
    void givesEveryNetworkTheWeightsOfItsFiles(String model) {
        ModelHeaders headers = headers(model);

        for (ModelOutline.NetworkOutline network :
                ModelFamilies.of(headers).outline(headers).networks()) {
            assertThat(headers.shapes(network.part()).keySet().stream()
                            .map(network.currentName())
                            .filter(name -> !name.isEmpty()))
                    .as(network.part())
                    .containsExactlyInAnyOrderElementsOf(network.weights().keySet());
            assertThat(network.topologies()).extracting(Topology::name).isNotEmpty();
        }
    }

    @Test
    void refusesAPipelineOfNoFamilyAndNamesThoseThereAre() {
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelFamilies.of(index("KandinskyPipeline")))
                .withMessage(
                        "model_index.json: pipeline KandinskyPipeline is not supported, only StableDiffusionPipeline"
                                + " and StableDiffusionXLPipeline");
    }

    @Test
    void namesThePartThatIsMissing() {
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> ModelFamilies.ofWhole(index("StableDiffusionXLPipeline")))
                .withMessage("the model's folder has no scheduler");
    }

    private static ModelHeaders headers(String model) {
        return ModelHeaders.of(Path.of("src/test/resources/goldens", model, "model"));
    }

    /** A model with only a model_index.json. */
    private static ModelHeaders index(String pipeline) {
        return new ModelHeaders() {
            @Override
            public boolean has(String part) {
                return false;
            }

            @Override
            public JsonNode document(String path) {
                return JsonMapper.shared()
                        .valueToTree(Map.of("_class_name", pipeline, "vae", List.of("x", "AutoencoderKL")));
            }

            @Override
            public Map<String, long[]> shapes(String part) {
                return Map.of();
            }

            @Override
            public Map<String, Element> elements(String part) {
                return Map.of();
            }
        };
    }
}
