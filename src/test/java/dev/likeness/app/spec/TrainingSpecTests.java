package dev.likeness.app.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What the engine derives from the section as it is requested. */
class TrainingSpecTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @Test
    void aGammaOfZeroTurnsMinSnrWeightingOff() throws IOException {
        assertThat(bound(Map.of("snr_gamma", 0)).minSnrGamma()).isNull();
        assertThat(bound(Map.of("snr_gamma", 5)).minSnrGamma()).isEqualTo(5);
    }

    @Test
    void checkpointsAreSecondsApart() throws IOException {
        assertThat(bound(Map.of("checkpoint_every_seconds", 90)).checkpointEvery())
                .isEqualTo(Duration.ofSeconds(90));
    }

    /** The fourth of ten steps, two of them warm-up. */
    @ParameterizedTest
    @CsvSource({
        "constant, 1",
        "linear, 0.875",
        "cosine, 0.9619397662556434",
        "cosine_with_restarts, 0.9619397662556434",
        "rex, 0.9333333333333333",
        "polynomial, 0.8750000125",
        "'0.5:2, 0.25', 0.25"
    })
    void theScheduleGivesTheRateOfAStep(String schedule, double rate) throws IOException {
        TrainingSettings settings =
                bound(Map.of("learning_rate", 1, "steps", 10, "warmup_steps", 2, "learning_rate_schedule", schedule));

        assertThat(settings.learningRates().at(3)).isCloseTo(rate, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-7, 1e-9})
    void aRateThatThePolynomialScheduleCannotFallFromIsRefused(double rate) throws IOException {
        assertThat(RateRules.schedule(bound(Map.of("learning_rate", rate, "learning_rate_schedule", "polynomial"))))
                .hasValueSatisfying(violation -> {
                    assertThat(violation.location()).containsExactly("training", "learning_rate");
                    assertThat(violation.message()).startsWith("a polynomial schedule ends at 1.0E-7");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "linear", "cosine"})
    void theSameRateSuitsOtherSchedules(String schedule) throws IOException {
        assertThat(RateRules.schedule(bound(Map.of("learning_rate", 1e-9, "learning_rate_schedule", schedule))))
                .isEmpty();
    }

    @Test
    void aScheduleThatIsNoNameAndNoListIsRefusedWithTheNames() throws IOException {
        assertThat(RateRules.schedule(bound(Map.of("learning_rate_schedule", "cosin"))))
                .hasValueSatisfying(violation -> {
                    assertThat(violation.location()).containsExactly("training", "learning_rate_schedule");
                    assertThat(violation.message())
                            .startsWith(
                                    "must be one of constant, linear, cosine, cosine_with_restarts, polynomial, rex,"
                                            + " or a list of rates: ");
                });
    }

    /** The section of the defaults with other values. */
    static TrainingSpec bound(Map<String, ?> values) throws IOException {
        Map<String, Map<String, Object>> defaults = new Yaml().load(Files.readString(Path.of("configs/defaults.yml")));
        Map<String, Object> section = new LinkedHashMap<>(defaults.get("training"));
        section.putAll(values);
        return JSON.convertValue(section, TrainingSpec.class);
    }
}
