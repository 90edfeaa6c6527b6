package dev.likeness.diffusion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.likeness.diffusion.evaluation.Metric.Direction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricTests {

    /** Two pictures with a cosine of 0.6. */
    private static final float[][] REAL = {{1, 0}, {0.6f, 0.8f}};

    private static final float[][] IMAGES = {{1, 0}, {0, 1}};

    /** The class prompt has the cosines 0 and 0.8 with the pictures. */
    private static final EncodedPrompts PROMPTS =
            new EncodedPrompts(new float[][] {{1, 0}, {0, 2}}, new int[] {0, 0}, new float[] {0, 3});

    private static final EncodedImages ENCODED =
            new EncodedImages(new EncodedSubject("some/encoder", REAL), IMAGES, PROMPTS);

    @Test
    void likenessComparesEveryImageWithEveryPicture() {
        for (Metric metric : new Metric[] {Metric.CLIP_I, Metric.DINO, Metric.PRES}) {
            has(metric, (1 + 0.6 + 0 + 0.8) / 4, 4, 0.6);
        }
    }

    @Test
    void promptFidelityComparesEveryImageWithItsPrompt() {
        has(Metric.CLIP_T, (1 + 0) / 2.0, 2, (0 + 0.8) / 2);
    }

    @Test
    void theMarginIsPromptFidelityLessTheMeanWithTheOtherPrompts() {
        has(Metric.CLIP_T_MARGIN, (1 + -1) / 2.0, 2, null);
    }

    @Test
    void onePromptHasNoMargin() {
        EncodedPrompts one = new EncodedPrompts(new float[][] {{1, 0}}, new int[] {0, 0}, new float[] {0, 3});

        assertThat(Metric.CLIP_T_MARGIN.measure(new EncodedImages(new EncodedSubject("encoder", REAL), IMAGES, one)))
                .isEmpty();
        assertThat(Metric.CLIP_T_MARGIN.isOptional()).isTrue();
    }

    @Test
    void diversityIsTheDistanceOfDifferentImages() {
        has(Metric.DIV, 1 - 0.0, 1, 1 - 0.6);
    }

    @Test
    void someImagesAreMeasuredByThemselves() {
        Measurement second = Metric.CLIP_T.measure(ENCODED.at(new int[] {1})).orElseThrow();

        assertThat(second.similarity().value()).isCloseTo(0, offset(1e-12));
        assertThat(second.similarity().n()).isEqualTo(1);
    }

    @Test
    void theClassIsJudgedByTheBestEncoderThereIs() {
        assertThat(Metric.of(Metric.Images.PLAIN_CLASS))
                .containsExactly(Metric.PRES, Metric.DIV)
                .allSatisfy(it -> assertThat(it.encoders()).containsExactly(EncoderKind.DINO, EncoderKind.CLIP));
    }

    @Test
    void onlyWhatAllImagesOfTheSubjectHaveChoosesACheckpoint() {
        assertThat(Metric.deciding()).containsExactly(Metric.CLIP_I, Metric.CLIP_T, Metric.DINO);
    }

    @Test
    void theBetterValueIsGreater() {
        assertThat(Direction.HIGHER.compare(0.4, 0.3)).isPositive();
        assertThat(Direction.UP_TO_REFERENCE.compare(0.4, 0.3)).isPositive();
        assertThat(Direction.LOWER.compare(0.4, 0.3)).isNegative();
    }

    private static void has(Metric metric, double value, int n, @Nullable Double reference) {
        Measurement measured = metric.measure(ENCODED).orElseThrow();
        assertThat(measured.similarity().value()).as("%s", metric).isCloseTo(value, offset(1e-7));
        assertThat(measured.similarity().n()).as("%s", metric).isEqualTo(n);
        assertThat(measured.encoder()).isEqualTo("some/encoder");
        if (reference == null) {
            assertThat(measured.reference()).as("%s", metric).isNull();
        } else {
            assertThat(Objects.requireNonNull(measured.reference()))
                    .as("%s", metric)
                    .isCloseTo(reference, offset(1e-7));
        }
    }
}
