package dev.likeness.app.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.inspection.ModelCheck;
import dev.likeness.diffusion.training.PartRate;
import dev.likeness.diffusion.training.TrainedPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateRulesTests {

    private static final String ONE = "StableDiffusionPipeline";
    private static final String TWO = "StableDiffusionXLPipeline";

    @Test
    void aPartHasTheRateOfTheTrainingExceptForWhatItNames() {
        TrainingSpec training = spec(
                        "dreambooth_lora",
                        with("training.learning_rate", 1e-4),
                        with("training.learning_rate_schedule", "cosine"),
                        with("training.warmup_steps", 5),
                        with("training.rates.text_encoder.learning_rate", 5e-6),
                        with("training.rates.unet.learning_rate_schedule", "cosine_with_restarts"),
                        with("training.rates.unet.learning_rate_cycles", 3))
                .training();

        assertThat(training.rate(TrainedPart.DENOISER)).isEqualTo(new PartRate(1e-4, "cosine_with_restarts", 5, 3));
        assertThat(training.rate(TrainedPart.TEXT_ENCODER)).isEqualTo(new PartRate(5e-6, "cosine", 5, 1));
        assertThat(training.rate(TrainedPart.SECOND_TEXT_ENCODER)).isEqualTo(new PartRate(1e-4, "cosine", 5, 1));
    }

    @Test
    void acceptsRatesOfWhatIsTrained() {
        assertThat(check(
                        TWO,
                        "dreambooth_lora",
                        with("training.train_text_encoder", true),
                        with("training.lora_plus", 16),
                        with("training.rates.unet.learning_rate", 1e-4),
                        with("training.rates.text_encoder.learning_rate_schedule", "rex"),
                        with("training.rates.second_text_encoder.warmup_steps", 10)))
                .isEmpty();
        assertThat(check(ONE, "dreambooth", with("training.rates.unet.learning_rate_schedule", "5e-5:10, 5e-6")))
                .isEmpty();
        assertThat(check(ONE, "textual_inversion", with("training.rates.embeddings.learning_rate", 1e-3)))
                .isEmpty();
        assertThat(check(
                        ONE,
                        "dreambooth",
                        with("training.learning_rate_schedule", "cosine_with_restarts"),
                        with("training.learning_rate_cycles", 3)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dreambooth        | unet.learning_rate_cycles         | 2           | unet.learning_rate_cycles  | has no effect without restarts
            dreambooth        | unet.learning_rate_schedule       | cosin       | unet.learning_rate_schedule | must be one of constant, linear,
            dreambooth        | unet.learning_rate_schedule       | 1e-4:3      | unet.learning_rate_schedule | must be one of constant, linear,
            dreambooth        | text_encoder.learning_rate        | 1e-5        | text_encoder               | text encoders are not trained: set training.train_text_encoder
            dreambooth_lora   | text_encoder.warmup_steps         | 0           | text_encoder               | text encoders are not trained: set training.train_text_encoder
            dreambooth_lora   | second_text_encoder.learning_rate | 1e-5        | second_text_encoder        | model acme/model has one text encoder
            dreambooth        | embeddings.learning_rate          | 1e-3        | embeddings                 | method dreambooth does not train this part
            textual_inversion | unet.learning_rate                | 1e-5        | unet                       | method textual_inversion does not train this part
            textual_inversion | text_encoder.learning_rate        | 1e-5        | text_encoder               | method textual_inversion does not train this part
            momentum_textual_inversion | unet.warmup_steps        | 3           | unet                       | method momentum_textual_inversion does not train this part
            """)
    void refusesARateThatHasNoEffect(String method, String setting, String value, String field, String message) {
        assertRefused(
                check(ONE, method, with("training.rates." + setting, number(value))),
                "training.rates." + field,
                message);
    }

    @Test
    void refusesARateBesideAListOfRatesThatThePartTakesFromTheTraining() {
        assertRefused(
                check(
                        ONE,
                        "dreambooth",
                        with("training.learning_rate_schedule", "1e-4:5, 1e-5"),
                        with("training.rates.unet.learning_rate", 1e-4)),
                "training.rates.unet.learning_rate",
                "has no effect beside a list of rates");
    }

    @ParameterizedTest
    @CsvSource({"dreambooth", "textual_inversion", "momentum_textual_inversion"})
    void refusesLoraPlusWithoutAdapters(String method) {
        assertRefused(
                check(ONE, method, with("training.lora_plus", 16)),
                "training.lora_plus",
                "is for adapters, and method");
    }

    @ParameterizedTest
    @CsvSource({"loha", "lokr"})
    void refusesLoraPlusWithoutAMatrixB(String algorithm) {
        assertRefused(
                check(ONE, "dreambooth_lora", with("training.lora_plus", 16), with("lora.algorithm", algorithm)),
                "training.lora_plus",
                "is the rate of matrix B, which lora.algorithm %s does not have".formatted(algorithm));
    }

    @Test
    void refusesCyclesWithoutRestarts() {
        assertRefused(
                check(ONE, "dreambooth", with("training.learning_rate_cycles", 2)),
                "training.learning_rate_cycles",
                "has no effect without restarts");
    }

    @Test
    void refusesRatesThatDifferWithProdigyOnly() {
        Map.Entry<String, Object> prodigy = with("training.optimizer", "prodigy");
        Map.Entry<String, Object> rate = with("training.learning_rate", 1);
        Map.Entry<String, Object> text = with("training.train_text_encoder", true);

        assertRefused(
                check(ONE, "dreambooth_lora", prodigy, rate, with("training.lora_plus", 16)),
                "training.lora_plus",
                "has to be the same for everything with prodigy");
        assertRefused(
                check(ONE, "dreambooth", prodigy, rate, text, with("training.rates.text_encoder.learning_rate", 0.5)),
                "training.rates",
                "has to be the same for everything with prodigy");
        assertThat(check(ONE, "dreambooth", prodigy, rate, text, with("training.rates.text_encoder.learning_rate", 1)))
                .isEmpty();
        assertThat(check(ONE, "dreambooth", prodigy, rate, with("training.rates.unet.learning_rate", 0.5)))
                .isEmpty();
    }

    @Test
    void refusesWhatScheduleFreeAdamWCannotUse() {
        Map.Entry<String, Object> optimizer = with("training.optimizer", "adamw_schedule_free");

        assertThat(check(ONE, "dreambooth", optimizer, with("training.warmup_steps", 20)))
                .isEmpty();
        for (String schedule :
                List.of("linear", "cosine", "cosine_with_restarts", "polynomial", "rex", "1e-4:5, 1e-5")) {
            assertRefused(
                    check(ONE, "dreambooth", optimizer, with("training.learning_rate_schedule", schedule)),
                    "training.learning_rate_schedule",
                    "must be constant with adamw_schedule_free");
        }
        assertRefused(
                check(ONE, "dreambooth", optimizer, with("training.rates.unet.learning_rate_schedule", "rex")),
                "training.rates.unet.learning_rate_schedule",
                "must be constant with adamw_schedule_free");
        assertRefused(
                check(ONE, "dreambooth", optimizer, with("training.beta1", 0)),
                "training.beta1",
                "must be above 0 with adamw_schedule_free");
        assertRefused(
                check(ONE, "momentum_textual_inversion", optimizer, with("textual_inversion.momentum_mode", "ema")),
                "training.optimizer",
                "adamw_schedule_free results in an average of v_train");
        assertThat(check(ONE, "momentum_textual_inversion", optimizer)).isEmpty();
        assertThat(check(ONE, "textual_inversion", optimizer, with("textual_inversion.momentum_mode", "ema")))
                .isEmpty();
    }

    @Test
    void refusesAnAverageOfAnAverageAndDecaysInTheWrongOrder() {
        Map<String, Object> ema = new LinkedHashMap<>(
                Map.of("enabled", true, "decay", 0.5, "min_decay", 0.75, "update_after_step", 0, "warmup", false));
        ema.put("inv_gamma", 1);
        ema.put("power", 1);

        assertRefused(
                check(ONE, "dreambooth", with("training.ema", ema)),
                "training.ema.min_decay",
                "must be at most decay, 0.5");
        ema.put("min_decay", 0);
        assertThat(check(ONE, "dreambooth", with("training.ema", ema))).isEmpty();
        assertRefused(
                check(ONE, "dreambooth", with("training.ema", ema), with("training.optimizer", "adamw_schedule_free")),
                "training.ema.enabled",
                "must be false with adamw_schedule_free");
    }

    private static void assertRefused(List<Violation> violations, String location, String message) {
        assertThat(violations)
                .extracting(it -> String.join(".", it.location()), Violation::type)
                .containsExactly(tuple(location, "value_error"));
        assertThat(violations.get(0).message()).startsWith(message);
    }

    private static Object number(String text) {
        return text.matches("[0-9.e-]+") ? Double.valueOf(text) : text;
    }

    private static Map.Entry<String, Object> with(String setting, Object value) {
        return Map.entry(setting, value);
    }

    @SafeVarargs
    private static List<Violation> check(String pipeline, String method, Map.Entry<String, Object>... settings) {
        return RateRules.check(
                new BaseModel(
                        "acme/model",
                        "",
                        BaseModel.Source.CONFIGURED,
                        new ModelCheck.Facts(pipeline, 64, 8, 12),
                        Map.of(),
                        null),
                spec(method, settings));
    }

    @SafeVarargs
    private static JobSpec spec(String method, Map.Entry<String, Object>... settings) {
        TestSpec spec = TestSpec.small().with("method", method);
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> setting : settings) {
            String[] path = setting.getKey().split("\\.");
            if (path.length == 2) {
                spec.with(setting.getKey(), setting.getValue());
            } else if (path.length == 4) {
                @SuppressWarnings("unchecked")
                Map<String, Object> part = (Map<String, Object>)
                        parts.computeIfAbsent(path[2], it -> new LinkedHashMap<String, Object>(none()));
                assertThat(part).containsKey(path[3]);
                part.put(path[3], setting.getValue());
            }
        }
        for (String name : List.of("unet", "text_encoder", "second_text_encoder", "embeddings")) {
            parts.putIfAbsent(name, none());
        }
        return spec.with("training.rates", parts).spec();
    }

    private static Map<String, @Nullable Object> none() {
        Map<String, @Nullable Object> none = new LinkedHashMap<>();
        for (String field :
                List.of("learning_rate", "learning_rate_schedule", "warmup_steps", "learning_rate_cycles")) {
            none.put(field, null);
        }
        return none;
    }
}
