package dev.likeness.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.evaluation.EvaluationSpec;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.spec.TrainingSpec;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.training.LossType;
import dev.likeness.diffusion.training.PartRate;
import dev.likeness.diffusion.training.TrainedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON columns as release 1.0.0 wrote them. */
@ApiTest
class StoredRowsTests {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "job", JobSpec.class,
            "memory", JobMemory.class,
            "chosen", ChosenCheckpoint.class,
            "recipe", ImageRecipe.class,
            "generation", SamplingSpec.class,
            "evaluation", EvaluationSpec.class);

    @Autowired
    JsonMapper json;

    @ParameterizedTest
    @CsvSource({"job", "memory", "chosen", "recipe", "generation", "evaluation"})
    void areReadAndWrittenWithEachOfTheirFields(String column) throws IOException {
        JsonMapper mapper = StoredJson.mapper(json);
        JsonNode stored = stored(mapper, column);

        JsonNode written = mapper.valueToTree(mapper.treeToValue(stored, TYPES.get(column)));

        assertThat(leaves(written)).containsAllEntriesOf(leaves(stored)).hasSizeGreaterThan(2);
    }

    @Test
    void haveNoConstantWhereOnlyANewerReleaseKnowsItsName() throws IOException {
        JsonMapper mapper = StoredJson.mapper(json);
        ObjectNode job = (ObjectNode) stored(mapper, "job");
        ((ObjectNode) job.get("sampling")).put("sampler", "unheard_of");
        ((ObjectNode) job.get("training")).put("caption_source", "unheard_of");
        ((ObjectNode) job.get("lora")).put("targets", "unheard_of");

        JobSpec spec = mapper.treeToValue(job, JobSpec.class);

        assertThat(spec.sampling().sampler()).isNull();
        assertThat(spec.sampling().steps()).isPositive();
        assertThat(spec.training().captionSource()).isNull();
        assertThat(spec.lora().targets()).isNull();
    }

    @Test
    void haveGuidanceAtAllNoiseLevelsAndTheWeightingOfA1111UnlessTheySayOtherwise() throws IOException {
        JsonMapper mapper = StoredJson.mapper(json);
        ObjectNode stored = (ObjectNode) stored(mapper, "recipe");

        ImageRecipe everywhere = mapper.treeToValue(stored, ImageRecipe.class);
        stored.putArray("guidance_interval").add(0.28).add(5.42);
        ImageRecipe within = mapper.treeToValue(stored, ImageRecipe.class);
        stored.put("clip_skip", 0).put("prompt_weighting", "a1111");

        assertThat(everywhere.settings().encoding()).isEqualTo(PromptEncoding.DEFAULT);
        assertThat(everywhere.settings().guided().guidanceInterval()).isNull();
        assertThat(mapper.<JsonNode>valueToTree(everywhere).has("guidance_interval"))
                .isFalse();
        assertThat(within.settings().guided().guidanceInterval()).isEqualTo(new GuidanceInterval(0.28, 5.42));
        assertThat(leaves(mapper.valueToTree(within))).isEqualTo(leaves(stored));
        JobSpec job = mapper.treeToValue(stored(mapper, "job"), JobSpec.class);
        assertThat(job.sampling().settings().guided().guidanceInterval()).isNull();
        assertThat(job.prior()
                        .plan("a bird", job.training())
                        .settings()
                        .guided()
                        .guidanceInterval())
                .isNull();
    }

    @Test
    void haveOneRateForEverythingAndNoAverage() throws IOException {
        JsonMapper mapper = StoredJson.mapper(json);

        TrainingSpec training =
                mapper.treeToValue(stored(mapper, "job"), JobSpec.class).training();

        for (TrainedPart part : TrainedPart.values()) {
            assertThat(training.rate(part))
                    .isEqualTo(new PartRate(
                            training.learningRate(), training.learningRateSchedule(), training.warmupSteps(), 1));
        }
        assertThat(training.upRatio()).isEqualTo(1);
        assertThat(training.average()).isNull();
        assertThat(mapper.<JsonNode>valueToTree(training)
                        .at("/rates/unet/learning_rate")
                        .isNull())
                .isTrue();
    }

    @Test
    void haveUnscaledGuidanceAndTheSquaredErrorUnlessTheySayOtherwise() throws IOException {
        JsonMapper mapper = StoredJson.mapper(json);
        ObjectNode stored = (ObjectNode) stored(mapper, "recipe");

        ImageRecipe plain = mapper.treeToValue(stored, ImageRecipe.class);
        stored.put("guidance_rescale", 0.7);
        ImageRecipe rescaled = mapper.treeToValue(stored, ImageRecipe.class);
        stored.put("clip_skip", 0).put("prompt_weighting", "a1111");
        JobSpec job = mapper.treeToValue(stored(mapper, "job"), JobSpec.class);

        assertThat(plain.settings().guided().guidanceRescale()).isZero();
        assertThat(mapper.<JsonNode>valueToTree(plain).has("guidance_rescale")).isFalse();
        assertThat(rescaled.settings().guided().guidanceRescale()).isEqualTo(0.7);
        assertThat(leaves(mapper.valueToTree(rescaled))).isEqualTo(leaves(stored));
        assertThat(job.sampling().settings().guided().guidanceRescale()).isZero();
        assertThat(job.prior()
                        .plan("a bird", job.training())
                        .settings()
                        .guided()
                        .guidanceRescale())
                .isZero();
        assertThat(job.training().lossType()).isEqualTo(LossType.L2);
        assertThat(job.training().inputPerturbation()).isZero();
    }

    private static JsonNode stored(JsonMapper mapper, String column) throws IOException {
        String file = "/rows-1.0.0/%s.json".formatted(column);
        try (InputStream in = Objects.requireNonNull(StoredRowsTests.class.getResourceAsStream(file), file)) {
            return mapper.readTree(in);
        }
    }

    /** Values by path; numbers as doubles. */
    private static Map<String, Object> leaves(JsonNode node) {
        Map<String, Object> leaves = new TreeMap<>();
        collect("", node, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, Object> leaves) {
        if (node.isObject()) {
            node.properties().forEach(it -> collect(path + "/" + it.getKey(), it.getValue(), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), leaves);
            }
        } else {
            leaves.put(path, node.isNumber() ? (Object) node.doubleValue() : node.toString());
        }
    }
}
