package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The names, words and initializers of a spec. */
class JobSpecNamesTests extends JobSpecsTest {

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
                                        "must be one of adamw, adamw_8bit, adafactor, lion, prodigy, adamw_schedule_free",
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
}
