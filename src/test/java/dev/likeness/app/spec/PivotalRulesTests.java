package dev.likeness.app.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.likeness.app.refusal.Violation;
import dev.likeness.diffusion.training.Phases;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PivotalRulesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            20 | 0.02 | 0    | 0.1 | adamw               | embeddings_until | leaves no step of 20 for the embeddings
            20 | 1    | 0.99 | 0.1 | adamw               | adapter_from     | leaves no step of 20 for the adapter
            20 | 0.25 | 0.5  | 0.1 | adamw               | adapter_from     | must be at most embeddings_until, 0.25: otherwise steps 6 to 10 train nothing
            20 | 0.5  | 0    | 0.1 | prodigy             | embeddings_until | must be 1 with prodigy
            20 | 1    | 0.5  | 0.1 | prodigy             | adapter_from     | must be 0 with prodigy
            20 | 0.5  | 0    | 0   | adamw_schedule_free | embeddings_until | must be 1 with adamw_schedule_free
            20 | 1    | 0    | 0.1 | adamw_schedule_free | rescaling        | must be 0 with adamw_schedule_free
            """)
    void refuses(int steps, double until, double from, double rescaling, String optimizer, String field, String why) {
        List<Violation> violations =
                PivotalRules.check(spec("pivotal_tuning", steps, until, from, rescaling, optimizer));

        assertThat(violations).extracting(Violation::location).containsExactly(List.of("pivotal_tuning", field));
        assertThat(violations.get(0).message()).startsWith(why);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 0.5, 0, 0.1, adamw",
        "20, 0.5, 0.5, 0, lion",
        "1, 1, 0, 0.1, adamw",
        "20, 1, 0, 0.1, prodigy",
        "20, 1, 0.5, 0, adamw_schedule_free",
        "20, 0.025, 0.02, 1, adafactor"
    })
    void accepts(int steps, double until, double from, double rescaling, String optimizer) {
        assertThat(PivotalRules.check(spec("pivotal_tuning", steps, until, from, rescaling, optimizer)))
                .isEmpty();
    }

    @Test
    void concernsNoOtherMethod() {
        assertThat(PivotalRules.check(spec("dreambooth_lora", 20, 0.25, 0.5, 0.1, "prodigy")))
                .isEmpty();
    }

    @Test
    void countsSteps() {
        assertThat(List.of(
                        spec("pivotal_tuning", 300, 0.5, 0, 0.1, "adamw"),
                        spec("pivotal_tuning", 7, 0.5, 0.2, 0.1, "adamw"),
                        spec("pivotal_tuning", 300, 1, 0.5, 0.1, "adamw")))
                .extracting(it -> it.pivotalTuning().phases(it.steps()))
                .extracting(Phases::adapterFrom, Phases::embeddingsUntil)
                .containsExactly(tuple(0, 150), tuple(1, 4), tuple(150, Integer.MAX_VALUE));
    }

    private static JobSpec spec(
            String method, int steps, double until, double from, double rescaling, String optimizer) {
        return TestSpec.small()
                .with("method", method)
                .with("training.steps", steps)
                .with("training.optimizer", optimizer)
                .with("pivotal_tuning.embeddings_until", until)
                .with("pivotal_tuning.adapter_from", from)
                .with("pivotal_tuning.rescaling", rescaling)
                .spec();
    }
}
