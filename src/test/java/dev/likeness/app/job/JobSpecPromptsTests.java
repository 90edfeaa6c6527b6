package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.json.StoredJson;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.ScoringSpec;
import dev.likeness.app.spec.TrainingCaptions;
import dev.likeness.diffusion.token.PromptSyntax;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The prompts and captions of a spec. */
class JobSpecPromptsTests extends JobSpecsTest {

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
        assertThat(inverted.expand("a ({class})", "word:1.5")).isEqualTo("a (word\\:\\1.5)");
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
    void refusesHundredsOfThousandsOfPlaceholdersLikeAnyLongPrompt() {
        ObjectNode request = json.createObjectNode().put("instance_prompt", "{class}".repeat(200_000));

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> specs.resolve("teapot", request))
                .satisfies(it ->
                        assertThat(it.violations()).extracting(Violation::type).containsExactly("wrong_length"));
    }
}
