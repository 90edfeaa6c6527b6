package dev.likeness.app.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.TestCatalogue;
import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.schedule.Sampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which losses and samplers a model can be trained and sampled with. */
class ModelLossesTests {

    @TempDir
    Path home;

    @Test
    void zeroTerminalSnrNeedsAModelThatPredictsVelocity() throws IOException {
        TrainingSpec training = TrainingSpecTests.bound(Map.of("zero_terminal_snr", true, "debiased_estimation", true));

        assertThat(losses("tiny-sd2", training)).isEmpty();
        assertThat(losses("tiny-sd1", training)).singleElement().satisfies(violation -> {
            assertThat(violation.location()).containsExactly("training", "zero_terminal_snr");
            assertThat(violation.message())
                    .isEqualTo(
                            "does not work with acme/model: zero terminal SNR does not go with prediction_type epsilon:"
                                    + " the last timestep is pure noise, which has no information about the image; it needs v_prediction or sample");
        });
    }

    @ParameterizedTest
    @CsvSource({"pndm, false", "lms, false", "heun, false", "ddim, true", "euler_karras, true", "unipc, true"})
    void samplersMustBeginWithPureNoise(String name, boolean works) {
        ModelCatalogue models = models("tiny-sd2");
        BaseModel model = models.get("acme/model");
        ModelSamplers samplers = new ModelSamplers(TestCatalogue.schedules(models));
        Sampler sampler = Sampler.valueOf(name.toUpperCase(Locale.ROOT));

        Optional<Violation> plain = samplers.check(model, false, List.of("sampler"), sampler, 10, 0);
        Optional<Violation> fromNoise = samplers.check(model, true, List.of("sampler"), sampler, 10, 0);

        assertThat(plain).isEmpty();
        assertThat(fromNoise.isEmpty()).isEqualTo(works);
        fromNoise.ifPresent(it -> assertThat(it.message())
                .startsWith(name + " with 10 steps does not work with acme/model: it cannot begin with pure noise"));
    }

    private List<Violation> losses(String family, TrainingSpec training) {
        ModelCatalogue models = models(family);
        return new ModelSamplers(TestCatalogue.schedules(models)).losses(models.get("acme/model"), training);
    }

    private ModelCatalogue models(String family) {
        return TestCatalogue.of(home, "acme/model", Path.of("src/test/resources/goldens/%s/model".formatted(family)));
    }
}
