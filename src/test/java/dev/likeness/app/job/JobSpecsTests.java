package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.likeness.app.caption.CaptionSpecs;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import dev.likeness.app.model.TestCatalogue;
import dev.likeness.app.spec.EvaluationPrompts;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.ModelSamplers;
import dev.likeness.app.spec.Preset;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.SpecFiles;
import dev.likeness.app.spec.TestSpecs;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.token.PromptWeighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.node.ObjectNode;

/** Which settings take precedence in a spec. */
class JobSpecsTests extends JobSpecsTest {

    @Autowired
    SpecFiles files;

    @Autowired
    ModelIdentifiers identifiers;

    @Autowired
    StartingPoint start;

    @Autowired
    ModelSamplers samplers;

    @Autowired
    CaptionSpecs captions;

    @Autowired
    EvaluationPrompts evaluationPrompts;

    @Autowired
    SpecBinder binder;

    @Test
    void takesTheModelsDefaultsOverTheBuiltInOnes() {
        JobSpec spec = resolve("{}");

        assertThat(spec.model()).isEqualTo("likeness/tiny-world");
        assertThat(spec.preset()).isNull();
        assertThat(spec.training().learningRate()).isEqualTo(7e-4);
        assertThat(spec.training().resolution()).isEqualTo(64);
        assertThat(spec.training().weightDecay()).isEqualTo(0.01);
        assertThat(spec.images()).isEqualTo(12);
    }

    @Test
    void samplesTheBundledModelInHalfTheStepsOfDdim() {
        JobSpec spec = resolve("{}");

        assertThat(spec.sampling().settings()).isEqualTo(new SamplingSettings(Sampler.DPMPP_2M, 15, 4, 0, 64, 64));
        assertThat(spec.prior().plan("a bird", spec.training()).settings())
                .isEqualTo(new SamplingSettings(Sampler.DPMPP_2M, 15, 5, 0, 64, 64));
    }

    @Test
    void guidesPreviewsScoredAndPriorImagesInTheirIntervals() {
        JobSpec spec = resolve("""
                {"sampling": {"guidance_interval": [0.28, 5.42]}, "prior": {"guidance_interval": [1, 4]}}""");

        assertThat(List.of(spec.sampling().plan(), spec.previewPlan(), spec.scoringPlan(), spec.classPlan()))
                .extracting(plan -> plan.settings().guided().guidanceInterval())
                .containsOnly(new GuidanceInterval(0.28, 5.42));
        assertThat(spec.prior()
                        .plan("a bird", spec.training())
                        .settings()
                        .guided()
                        .guidanceInterval())
                .isEqualTo(new GuidanceInterval(1, 4));
    }

    @Test
    void rescalesPreviewsScoredAndPriorImages() {
        JobSpec spec = resolve("{'sampling': {'guidance_rescale': 0.7}, 'prior': {'guidance_rescale': 0.5}}");

        assertThat(List.of(spec.sampling().plan(), spec.previewPlan(), spec.scoringPlan(), spec.classPlan()))
                .extracting(plan -> plan.settings().guided().guidanceRescale())
                .containsOnly(0.7);
        assertThat(spec.prior()
                        .plan("a bird", spec.training())
                        .settings()
                        .guided()
                        .guidanceRescale())
                .isEqualTo(0.5);
    }

    /** Training and prior images skip the same layers. Images do, too, unless the request says otherwise. */
    @Test
    void skipsLayersOfTheTextEncodersWhereTrainingDoes() {
        JobSpec trained = resolve("""
                {"training": {"clip_skip": 1}, "prior": {"prompt_weighting": "none"}, "sampling": {"prompt_weighting": "compel"}}""");
        JobSpec sampled = resolve("""
                {"training": {"clip_skip": 1}, "sampling": {"clip_skip": 0}}""");

        assertThat(List.of(
                        trained.sampling().plan(), trained.previewPlan(), trained.scoringPlan(), trained.classPlan()))
                .extracting(plan -> plan.settings().encoding())
                .containsOnly(new PromptEncoding(1, PromptWeighting.COMPEL));
        assertThat(trained.prior().plan("a bird", trained.training()).settings().encoding())
                .isEqualTo(new PromptEncoding(1, PromptWeighting.NONE));
        assertThat(sampled.previewPlan().settings().encoding()).isEqualTo(PromptEncoding.DEFAULT);
        assertThat(sampled.prior().plan("a bird", sampled.training()).settings().encoding())
                .isEqualTo(new PromptEncoding(1, PromptWeighting.A1111));
    }

    @Test
    void refusesToSkipMoreLayersThanTheModelHas() {
        assertThatThrownBy(() -> resolve("""
                        {"training": {"clip_skip": 48}, "sampling": {"clip_skip": 47}}"""))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        e -> assertThat(e.violations())
                                .extracting(it -> String.join(".", it.location()) + " " + it.message())
                                .satisfiesExactlyInAnyOrder(
                                        it -> assertThat(it)
                                                .matches(
                                                        "spec.training.clip_skip must be at most \\d+: the text encoders.*"),
                                        it -> assertThat(it).startsWith("spec.sampling.clip_skip must be at most ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'method': {}}", "{'method': ['lora']}", "{'method': 1}", "{'training': 3}"})
    void listsAModelWhoseOwnDefaultsAreWrongAndStarts(String spec, @TempDir Path temp) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/goldens/tiny-sd1/model"), temp.resolve("model"));
        Files.writeString(temp.resolve("model/likeness.json"), "{\"spec\": %s}".formatted(spec.replace('\'', '"')));
        ModelCatalogue models = TestCatalogue.of(temp, "acme/wrong", temp.resolve("model"));
        assertThat(models.find("acme/wrong")).isPresent();

        JobSpecs specs = new JobSpecs(
                TestSpecs.defaults(files, models, binder),
                start,
                TestSpecs.identifiers(models, identifiers),
                TestSpecs.samplings(models, samplers, binder),
                captions,
                evaluationPrompts,
                binder);

        new DefaultsCheck(specs, models, files, evaluationPrompts, binder);

        assertThat(models.absence("acme/wrong"))
                .contains("the spec in its likeness.json, its defaults for jobs, is wrong: ")
                .contains(spec.contains("method") ? "method" : "training");
        assertThat(models.find("likeness/tiny-world")).isPresent();
    }

    @Test
    void takesThePresetOverTheModelsDefaults() {
        JobSpec spec = resolve("{'preset': 'tiny-world-fast'}");

        assertThat(spec.preset()).isEqualTo("tiny-world-fast");
        assertThat(spec.training().steps()).isEqualTo(150);
        assertThat(spec.training().resolution()).isEqualTo(64);
    }

    @Test
    void takesTheDefaultsOfARequestedOptimizerOverThoseOfPresetAndModel() {
        assertThat(resolve("{'training': {'optimizer': 'prodigy'}}").training().learningRate())
                .isEqualTo(1);
        assertThat(resolve("{'preset': 'tiny-world-fast', 'training': {'optimizer': 'prodigy'}}")
                        .training()
                        .learningRate())
                .isEqualTo(1);
        assertThat(resolve(
                                "{'preset': 'sd15-textual-inversion', 'model': 'likeness/tiny-world', 'training': {'optimizer': 'prodigy'}}")
                        .training()
                        .learningRateSchedule())
                .isEqualTo("constant");
        assertThat(resolve("{'training': {'optimizer': 'lion'}}").training())
                .satisfies(training -> assertThat(training.beta2()).isEqualTo(0.99))
                .satisfies(training -> assertThat(training.learningRate()).isEqualTo(7e-4));
        assertThat(resolve("{'training': {'optimizer': 'lion', 'beta2': 0.95}}")
                        .training()
                        .beta2())
                .isEqualTo(0.95);
        assertThat(resolve("{'training': {'optimizer': 'adamw'}}").training())
                .isEqualTo(resolve("{}").training());
    }

    /** No other test checks presets of models that are not installed. */
    @Test
    void everyPresetMakesAWholeSpec() {
        for (Preset preset : files.presets().values()) {
            ObjectNode request =
                    json.createObjectNode().put("preset", preset.id()).put("model", "likeness/tiny-world");

            assertThat(specs.resolve("bird", request).spec().preset()).isEqualTo(preset.id());
        }
    }

    @Test
    void takesTheRequestOverThePreset() {
        JobSpec spec = resolve("{'preset': 'tiny-world-fast', 'training': {'steps': 3}}");

        assertThat(spec.training().steps()).isEqualTo(3);
        assertThat(spec.training().learningRate()).isEqualTo(1e-3);
    }

    @Test
    void takesNullAsLeftOut() {
        assertThat(resolve("{'preset': null, 'identifier': null, 'training': {'steps': null}, 'prior': null}"))
                .isEqualTo(resolve("{}"));
    }

    @Test
    void replacesAWholeList() {
        JobSpec spec = resolve("{'sampling': {'prompts': ['a {subject} in space']}}");

        assertThat(spec.sampling().prompts()).containsExactly("a {subject} in space");
    }

    @Test
    void resolvesAResolvedSpecToItself() {
        JobSpec spec = resolve("{'preset': 'tiny-world-fast', 'training': {'snr_gamma': 5}}");

        assertThat(specs.resolve("teapot", json.valueToTree(spec)).spec()).isEqualTo(spec);
    }

    @Test
    void seedsImagesPromptByPrompt() {
        ImagePlan plan = resolve("{'sampling': {'seed': 100}}").sampling().plan();

        assertThat(plan.seed(0, 0)).isEqualTo(100);
        assertThat(plan.seed(2, 3)).isEqualTo(100 + 2 * 4 + 3);
    }
}
