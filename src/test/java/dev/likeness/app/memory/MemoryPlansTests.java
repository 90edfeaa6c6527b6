package dev.likeness.app.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.diffusion.plan.MemoryEstimate;
import dev.likeness.diffusion.plan.Workload;
import dev.likeness.diffusion.plan.Workload.Encoded;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a plan knows of a spec. */
@ApiTest
class MemoryPlansTests {

    @Autowired
    MemoryPlans plans;

    @Test
    void keepWhatEncodesPicturesWhereCropsAreRandom() {
        assertThat(workload(TestSpec.small()).encodedInSteps()).isEmpty();
        assertThat(workload(TestSpec.small().with("training.random_crop", true)).encodedInSteps())
                .containsExactly(Encoded.PICTURES);
    }

    /** A run of 20 steps of two pictures keeps up to 40 prompts, one of 100 steps up to 128. The prior's prompt counts too. */
    @ParameterizedTest
    @CsvSource({
        "20, 0, 0.1, 0, false",
        "20, 5, 0.1, 0, false",
        "20, 6, 0.1, 0, true",
        "20, 6, 0, 0, false",
        "100, 6, 0.1, 0, false",
        "100, 7, 0.1, 0, true",
        "100, 32, 0.1, 0, true",
        "100, 0, 0.1, 127, false",
        "100, 0, 0.1, 128, true",
        "100, 5, 0.1, 4, true",
    })
    void keepWhatEncodesPromptsWhereTheyAreTooManyToKeep(
            int steps, int words, double probability, int captions, boolean expected) {
        TestSpec spec = TestSpec.small()
                .with("training.steps", steps)
                .with("training.descriptive_words", Collections.nCopies(words, "red"))
                .with("training.descriptive_word_probability", probability)
                .with("training.captions", Collections.nCopies(captions, "a bird"));

        assertThat(workload(spec).encodedInSteps().contains(Encoded.PROMPTS)).isEqualTo(expected);
    }

    /** Class images and faces are squares, and pictures can have another shape. */
    @Test
    void countTheGradientsOfPassesThatBucketsSplit() {
        TestSpec spec = TestSpec.small();

        assertThat(workload(spec).companions()).isEqualTo(new Workload.Companions(1, false));
        assertThat(workload(spec.with("training.buckets", true)).companions())
                .isEqualTo(new Workload.Companions(1, true));
    }

    @Test
    void keepThePictureEncoderForRandomCropsOnly() {
        for (String crop : List.of("center", "random", "face", "saliency")) {
            assertThat(workload(TestSpec.small().with("training.crop", crop))
                            .encodedInSteps()
                            .contains(Encoded.PICTURES))
                    .as(crop)
                    .isEqualTo(crop.equals("random"));
        }
    }

    /** They are a few numbers for each latent. */
    @Test
    void countNothingForMasks() {
        MemoryEstimate without =
                plans.of(TestSpec.small().spec(), 16).orElseThrow().estimate();

        assertThat(plans.of(TestSpec.small().with("mask.enabled", true).spec(), 16)
                        .orElseThrow()
                        .estimate())
                .isEqualTo(without);
    }

    private Workload workload(TestSpec spec) {
        return plans.of(spec.spec(), 16).orElseThrow().workload();
    }
}
