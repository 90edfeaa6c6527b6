package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.likeness.app.ApiTest;
import dev.likeness.app.caption.CaptionSpecs;
import dev.likeness.app.json.StoredJson;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import dev.likeness.app.model.TestCatalogue;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.EvaluationPrompts;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.ModelSamplers;
import dev.likeness.app.spec.Preset;
import dev.likeness.app.spec.ScoringSpec;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.SpecFiles;
import dev.likeness.app.spec.TestSpecs;
import dev.likeness.app.spec.TrainingCaptions;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.token.PromptSyntax;
import dev.likeness.diffusion.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ApiTest
class JobSpecsTests {

    @Autowired
    JobSpecs specs;

    @Autowired
    JsonMapper json;

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
    void takesPromptsToJudgeByFromTheModelsList() {
        ScoringSpec evaluation = resolve("{}").evaluation();

        assertThat(evaluation.promptList()).isEqualTo("tiny-world");
        assertThat(evaluation.prompts())
                .hasSize(7)
                .startsWith("a photo of a {subject} on the beach", "a photo of a {subject} in the snow")
                .endsWith("a photo of a {subject}");
    }

    @Test
    void takesTheListThatKnowsTheClassWord() {
        String auto = "{'evaluation': {'prompt_list': 'auto', 'prompts_per_kind': 1}}";

        assertThat(specs.resolve("dog", tree(auto)).spec().evaluation().prompts())
                .contains("a {subject} wearing a straw hat")
                .hasSize(5);
        assertThat(specs.resolve("teapot", tree(auto)).spec().evaluation().prompts())
                .contains("a {subject} made of glass")
                .hasSize(4);
    }

    @Test
    void takesGivenPromptsInsteadOfAList() {
        JobSpec spec = resolve("{'evaluation': {'prompts': ['a {subject} at night']}}");

        assertThat(spec.evaluation().prompts()).containsExactly("a {subject} at night");
    }

    @Test
    void refusesAListThatIsNotThere() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> resolve("{'evaluation': {'prompt_list': 'nowhere'}}"))
                .satisfies(e -> assertThat(e.violations())
                        .singleElement()
                        .satisfies(it -> assertThat(it.message())
                                .isEqualTo(
                                        "there is no prompt list nowhere; the prompt lists are auto and live, object,"
                                                + " tiny-world")));
    }

    @Test
    void spreadsCheckpointsEvenly() {
        ScoringSpec four = resolve("{'evaluation': {'checkpoints': 4}}").evaluation();

        assertThat(IntStream.rangeClosed(1, 10).filter(step -> four.due(step, 10)))
                .containsExactly(3, 5, 8);
        assertThat(IntStream.rangeClosed(1, 3).filter(step -> four.due(step, 3)))
                .containsExactly(1, 2);
        assertThat(IntStream.rangeClosed(1, 400).filter(step -> four.due(step, 400)))
                .containsExactly(100, 200, 300);
    }

    @Test
    void saysPromptsWithoutTheIdentifier() {
        JobSpec spec = resolve("{'identifier': 'sks'}");
        JobSpec inverted = resolve("{'identifier': 'sks', 'method': 'textual_inversion'}");

        assertThat(spec.classPrompt("a {subject} and a {class}", "bird")).isEqualTo("a bird and a bird");
        assertThat(spec.classPrompt("a sks bird in sksland, sks", "bird")).isEqualTo("a bird in sksland, bird");
        assertThat(inverted.classPrompt("a {subject} near <sks>", "bird")).isEqualTo("a bird near bird");
    }

    /** Generated, trained and scored prompts all contain the class word itself, with any characters. */
    @Test
    void fillsInWordsThatLookLikePromptSyntaxAsTheyAre() {
        JobSpec spec = resolve("{}");
        JobSpec inverted = resolve("{\"method\": \"textual_inversion\", \"identifier\": \"BREAK\"}");

        assertThat(spec.expand("a {subject}, not a {class}", "bear (plush)"))
                .isEqualTo("a %s bear \\(plush\\), not a bear \\(plush\\)".formatted(spec.identifier()));
        assertThat(spec.classPrompt("a ({subject}:1.3) BREAK on [grass]", "bear (plush)"))
                .isEqualTo("a bear (plush) on grass");
        assertThat(inverted.expand("a ({subject})", "word:1.5")).isEqualTo("a (<B\\REAK>)");
        assertThat(inverted.expand("a ({class})", "word:1.5")).isEqualTo("a (word:\\1.5)");
        assertThat(inverted.classPrompt("a ({subject}) near a <break>", "word:1.5"))
                .isEqualTo("a word:1.5 near a word:1.5");
        assertThat(spec.expand(spec.name("a bear (plush) on grass", "bear (plush)"), "bear (plush)"))
                .isEqualTo("a %s bear \\(plush\\) on grass".formatted(spec.identifier()));
    }

    @ParameterizedTest
    @CsvSource({
        "two {class}s, 'sks bear (plush), two bear (plush)s'",
        "a {class} on grass, a sks bear (plush) on grass",
        "a {subject} among {class}s, a {subject} among {class}s",
        "two bear (plush)s, 'sks bear (plush), two bear plushs'"
    })
    void fillsTheClassIntoCaptionsAsItIs(String caption, String text) {
        JobSpec spec = resolve("{'identifier': 'sks'}");

        assertThat(PromptSyntax.text(spec.name(caption, "bear (plush)"))).isEqualTo(text);
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
    void takesTheModelsFirstSuggestionWhereNothingNamesAnIdentifier() {
        ObjectNode request = json.createObjectNode().put("model", "tests/tiny-sd1");

        assertThat(specs.resolve("teapot", request).spec().identifier()).isEqualTo("sks");
        assertThat(specs.resolve("sks", request).spec().identifier()).isEqualTo("ohwx");
    }

    @Test
    void refusesACommonWordAsIdentifier() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> resolve("{'identifier': 'dog'}"))
                .satisfies(it -> assertThat(it.violations()).singleElement().satisfies(violation -> {
                    assertThat(violation.location()).containsExactly("spec", "identifier");
                    assertThat(violation.message()).contains("common word");
                }));
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'captions': 'auto'                                   | []           | 'auto'
            'captions': 'subject'                                | []           | 'subject'
            'captions': [], 'caption_source': 'auto'             | []           | 'auto'
            'caption_source': 'subject'                          | []           | 'subject'
            'captions': []                                       | []           | null
            'captions': ['a {subject}', 'b']                     | ['a {subject}', 'b'] | null
            'captions': ['a', 'b'], 'caption_source': 'given'    | ['a', 'b']   | null
            'captions': [], 'caption_source': null               | []           | null
            """)
    void readsEveryFormOfCaptionsAndWritesOne(String training, String captions, String source) {
        JobSpec spec = resolve("{'training': {%s}}".formatted(training));

        assertThat(json.valueToTree(spec).at("/training/captions")).isEqualTo(value(captions));
        assertThat(json.valueToTree(spec).at("/training/caption_source")).isEqualTo(value(source));
        assertThat(specs.resolve("teapot", json.valueToTree(spec)).spec()).isEqualTo(spec);
    }

    private JsonNode value(String text) {
        return json.readTree(text.replace('\'', '"'));
    }

    @Test
    void readsCaptionsAsTheyWereStoredBeforeTheirSourceHadAPlaceOfItsOwn() {
        ObjectNode stored = json.valueToTree(resolve("{}"));
        ObjectNode training = (ObjectNode) stored.get("training");
        training.remove("caption_source");
        training.put("captions", "subject");

        JobSpec spec = StoredJson.mapper(json).treeToValue(stored, JobSpec.class);

        assertThat(spec.training().captions().source()).isEqualTo(TrainingCaptions.Source.SUBJECT);
        assertThat(spec.training().captionSource()).isEqualTo(TrainingCaptions.Source.SUBJECT);
    }

    @Test
    void seedsImagesPromptByPrompt() {
        ImagePlan plan = resolve("{'sampling': {'seed': 100}}").sampling().plan();

        assertThat(plan.seed(0, 0)).isEqualTo(100);
        assertThat(plan.seed(2, 3)).isEqualTo(100 + 2 * 4 + 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "red bird | 1 | must not have more tokens than vectors (1): \"red bird\" has 2 tokens (red, bird)",
                "red red bird | 2 | must not have more tokens than vectors (2): \"red red bird\" has 3 tokens (red, red, bird)",
                "<foo> | 4 | this model reads \"<foo>\" as",
                "<RANDOM> | 4 | must be a word, <random> or <zero>",
                "a <foo> | 8 | must be a word, <random> or <zero>",
                "'  ' | 4 | must be text that this model's tokenizer can encode"
            })
    void refusesWhatAWordCannotStartFrom(String initializer, int vectors, String message) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> resolve(startingFrom(initializer, vectors)))
                .satisfies(e -> assertThat(e.violations()).singleElement().satisfies(it -> {
                    assertThat(it.location()).containsExactly("spec", "textual_inversion", "initializer");
                    assertThat(it.message()).contains(message);
                }));
    }

    @ParameterizedTest
    @CsvSource({"bird, 1", "red bird, 2", "red bird, 3", "<random>, 1", "<zero>, 1"})
    void takesWhatAWordCanStartFrom(String initializer, int vectors) {
        assertThat(resolve(startingFrom(initializer, vectors))
                        .textualInversion()
                        .initializer())
                .isEqualTo(initializer);
    }

    private static String startingFrom(String initializer, int vectors) {
        return "{'method': 'textual_inversion', 'textual_inversion': {'initializer': '%s', 'vectors': %d}}"
                .formatted(initializer, vectors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", "\\r", "\\t", "\\u000b", "\\f", "\\u2028"})
    void takesLineBreaksAndTabsInPromptsForBlanks(String broken) {
        String prompt = "'a photo%sof a {subject}'".formatted(broken);

        JobSpec spec = resolve("""
                {'instance_prompt': PROMPT, 'training': {'captions': [PROMPT]},
                'prior': {'prompt': PROMPT, 'negative_prompt': PROMPT}, 'previews': {'prompts': [PROMPT]},
                'evaluation': {'prompts': [PROMPT]}, 'sampling': {'prompts': [PROMPT], 'negative_prompt': PROMPT}}""".replace("PROMPT", prompt));

        assertThat(Stream.of(
                                List.of(spec.instancePrompt()),
                                spec.training().captions().texts(),
                                List.of(spec.prior().prompt(), spec.prior().negativePrompt()),
                                spec.previews().prompts(),
                                spec.evaluation().prompts(),
                                spec.sampling().prompts(),
                                List.of(spec.sampling().negativePrompt()))
                        .flatMap(List::stream))
                .hasSize(8)
                .containsOnly("a photo of a {subject}");
    }

    @Test
    void takesPromptsOfTenThousandCharacters() {
        ObjectNode request = json.createObjectNode().put("instance_prompt", "x".repeat(10_000));
        request.putObject("sampling").put("negative_prompt", "x".repeat(10_000));

        assertThat(specs.resolve("bird", request).spec().instancePrompt()).hasSize(10_000);
        request.put("instance_prompt", "x".repeat(10_001));
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> specs.resolve("bird", request))
                .satisfies(e -> assertThat(e.violations())
                        .extracting(Violation::location)
                        .containsExactly(List.of("spec", "instance_prompt")));
    }

    @Test
    void stripsTheClassWord() {
        assertThat(specs.resolve(" sea animal ", json.createObjectNode()).classWord())
                .isEqualTo("sea animal");
    }

    @Test
    void refusesBracesInTheClassWord() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> specs.resolve("{subject}", json.createObjectNode()))
                .satisfies(it -> assertThat(it.violations())
                        .extracting(Violation::location)
                        .containsExactly(List.of("class_word")));
    }

    @Test
    void refusesHundredsOfThousandsOfPlaceholdersLikeAnyLongPrompt() {
        ObjectNode request = json.createObjectNode().put("instance_prompt", "{class}".repeat(200_000));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> specs.resolve("teapot", request))
                .satisfies(it ->
                        assertThat(it.violations()).extracting(Violation::type).containsExactly("wrong_length"));
    }

    @Test
    void namesEveryFieldWithAnUnknownNameTogetherWithOtherWrongFields() {
        ObjectNode request = tree("""
                {'training': {'optimizer': 'sgd', 'precision': ' fp32', 'steps': 0}, 'sampling': {'sampler': 'DDIM'}}""");

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> specs.resolve("teapot", request))
                .satisfies(it -> assertThat(it.violations())
                        .extracting(
                                violation -> String.join(".", violation.location()),
                                Violation::message,
                                Violation::type)
                        .containsExactly(
                                tuple(
                                        "spec.sampling.sampler",
                                        "must be one of " + String.join(", ", Wire.names(Sampler.class)),
                                        "pattern_mismatch"),
                                tuple(
                                        "spec.training.optimizer",
                                        "must be adamw, adamw_8bit or adafactor",
                                        "pattern_mismatch"),
                                tuple("spec.training.precision", "must be fp32, bf16 or fp16", "pattern_mismatch"),
                                tuple(
                                        "spec.training.steps",
                                        "must be greater than or equal to 1",
                                        "greater_than_equal")));
    }

    /** An empty name, one in upper case, and one of another setting. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            textual_inversion | momentum_mode  | must be anchor or ema
            textual_inversion | templates      | must be object, style, face or none
            face              | region         | must be crop or mask
            evaluation        | keep           | must be best or last
            training          | caption_source | must be given, auto or subject
            lora              | targets        | must be attention, linear or all
            """)
    void knowsTheNamesOfEverySettingWithNames(String section, String setting, String message) {
        for (String name : List.of("", "ANCHOR", "adamw")) {
            ObjectNode request =
                    tree("{'%s': {'%s': '%s'}, 'prior': {'weight': -1}}".formatted(section, setting, name));

            assertThatExceptionOfType(InvalidSpecException.class)
                    .isThrownBy(() -> specs.resolve("teapot", request))
                    .satisfies(it -> assertThat(it.violations())
                            .extracting(violation -> String.join(".", violation.location()), Violation::message)
                            .containsExactlyInAnyOrder(
                                    tuple("spec.%s.%s".formatted(section, setting), message),
                                    tuple("spec.prior.weight", "must be greater than or equal to 0")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "{}", "['adamw']"})
    void asksForAStringWhereANameBelongs(String value) {
        ObjectNode request = tree("{'training': {'optimizer': %s}}".formatted(value));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> specs.resolve("teapot", request))
                .satisfies(it -> assertThat(it.violations())
                        .extracting(violation -> String.join(".", violation.location()), Violation::message)
                        .containsExactly(tuple("spec.training.optimizer", "must be a string")));
    }

    @Test
    void takesEverySamplerOfTheEngine() {
        for (Sampler sampler : Sampler.values()) {
            JobSpec spec = resolve(
                    "{'prior': {'sampler': '%1$s'}, 'sampling': {'sampler': '%1$s'}}".formatted(sampler.wire()));

            assertThat(spec.prior().sampler()).isEqualTo(sampler);
            assertThat(spec.sampling().sampler()).isEqualTo(sampler);
        }
    }

    /** The bundled model has 1,000 timesteps, and PNDM's warm-up uses some of them twice. */
    @Test
    void refusesASamplerThatCannotTakeSoManySteps() {
        ObjectNode request = json.createObjectNode();
        request.putObject("sampling").put("sampler", "dpmpp_2m").put("steps", 1000);
        request.putObject("prior").put("sampler", "unipc").put("steps", 1000);

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> specs.resolve("bird", request))
                .satisfies(e -> assertThat(e.violations())
                        .extracting(Violation::location)
                        .containsExactly(List.of("spec", "sampling", "sampler"), List.of("spec", "prior", "sampler")));
    }

    @Test
    void refusesAnotherSamplerTellingAllThereAre() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> resolve("{'sampling': {'sampler': 'plms'}}"))
                .satisfies(it -> assertThat(it.violations()).singleElement().satisfies(violation -> {
                    assertThat(violation.location()).containsExactly("spec", "sampling", "sampler");
                    assertThat(violation.type()).isEqualTo("pattern_mismatch");
                    assertThat(violation.message())
                            .isEqualTo(
                                    "must be one of ddim, pndm, ddpm, euler, euler_karras, euler_ancestral, dpmpp_2m,"
                                            + " dpmpp_2m_karras, dpmpp_2m_sde_karras, unipc, lms, heun");
                }));
    }

    private JobSpec resolve(String request) {
        return specs.resolve("teapot", tree(request)).spec();
    }

    private ObjectNode tree(String request) {
        return (ObjectNode) json.readTree(request.replace('\'', '"'));
    }
}
