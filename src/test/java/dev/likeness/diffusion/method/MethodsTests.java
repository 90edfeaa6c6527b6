package dev.likeness.diffusion.method;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.method.TestMethodSettings.InversionSettings;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class MethodsTests {

    private static final MethodSettings SETTINGS = new TestMethodSettings(
            true,
            new LoraSettings(4, 8, 0.1, LoraTargets.LINEAR),
            new InversionSettings(2, "owl", PromptTemplates.STYLE, 0.4, MomentumMode.EMA));
    private static final PromptWords WORDS = new PromptWords("<sks>", "bird", null, null, false);

    /** A checkpoint contains this text, and a run resumes only from a checkpoint with the same text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "dreambooth; DreamBooth[textEncoder=true]",
                "dreambooth_lora; Lora[rank=4, alpha=8.0, dropout=0.1, targets=linear, textEncoder=true]",
                "textual_inversion; TextualInversion[placeholder=<sks>, vectors=2, initializer=owl, momentum=null]",
                "momentum_textual_inversion; TextualInversion[placeholder=<sks>, vectors=2, initializer=owl,"
                        + " momentum=Momentum[gamma=0.4, mode=ema, anchor=owl]]",
                "pivotal_tuning; PivotalTuning[lora=Lora[rank=4, alpha=8.0, dropout=0.1, targets=linear, textEncoder=true],"
                        + " inversion=TextualInversion[placeholder=<sks>, vectors=2, initializer=owl, momentum=null],"
                        + " phases=Phases[adapterFrom=0, embeddingsUntil=50], rescaling=0.1]"
            })
    void takeTheirSettings(String name, String text) {
        assertThat(configured(Methods.named(name))).hasToString(text);
    }

    @ParameterizedTest
    @MethodSource("dev.likeness.diffusion.method.Methods#all")
    void areTrained(MethodType type) {
        assertThat(MethodTraining.trains(configured(type))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.likeness.diffusion.method.Methods#all")
    void knowThemselves(MethodType type) {
        assertThat(configured(type).type()).isSameAs(type);
        assertThat(Methods.named(type.name())).isSameAs(type);
    }

    @ParameterizedTest
    @CsvSource({"dreambooth, true", "dreambooth_lora, false", "textual_inversion, false", "pivotal_tuning, false"})
    void keepTheBaseFrozenUnlessTheyYieldItsWeights(String name, boolean changesBase) {
        MethodType type = Methods.named(name);

        assertThat(type.yields().changesBase()).isEqualTo(changesBase);
        assertThat(type.memory(SETTINGS).trainsBase()).isEqualTo(changesBase);
    }

    @ParameterizedTest
    @CsvSource({
        "dreambooth, 1",
        "dreambooth_lora, 1",
        "textual_inversion, 10",
        "momentum_textual_inversion, 10",
        "pivotal_tuning, 10"
    })
    void trainWithTheInstancePromptOrWithTemplates(String name, int prompts) {
        MethodType type = Methods.named(name);

        assertThat(type.prompts(SETTINGS, "a photo of {subject}")).hasSize(prompts);
    }

    @Test
    void areNamedInTheDocumentation() throws IOException {
        List<String> rows = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("src/docs/training.md"))
                        .split("## Methods")[1]
                        .split("\n\n")[1])
                .results()
                .map((MatchResult row) -> row.group(1))
                .filter(name -> !name.equals("method"))
                .toList();

        assertThat(rows).isEqualTo(Methods.names());
    }

    @Test
    void haveDefaults() throws IOException {
        Map<String, Object> defaults = new Yaml().load(Files.readString(Path.of("configs/defaults.yml")));

        assertThat(defaults)
                .extracting("methods", as(MAP))
                .satisfies(methods -> assertThat(Methods.names())
                        .containsAll(
                                methods.keySet().stream().map(Object::toString).toList()));
    }

    @Test
    void thatDoNotExistAreRefusedWithTheNamesOfThoseThatDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Methods.named("dream"))
                .withMessage("method dream does not exist; the methods are %s".formatted(Methods.names()));
    }

    private static Method configured(MethodType type) {
        return type.configured(SETTINGS, WORDS);
    }
}
