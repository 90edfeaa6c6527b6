package dev.likeness.app.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.app.score.Verdict.Basis;
import dev.likeness.app.score.Verdict.Sign;
import dev.likeness.app.score.Verdict.Word;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What scores of step 400 say. */
class VerdictsTests {

    private static final int STEP = 400;

    @ParameterizedTest
    @CsvSource({
        "0.65, SAME",
        "0.649, CLOSE",
        "0.576, CLOSE",
        "0.574, PARTLY",
        "0.326, PARTLY",
        "0.324, HARDLY",
        "0.1, HARDLY"
    })
    void judgeLikenessByItsGain(double value, Word word) {
        assertThat(word(Metric.CLIP_I, 0.2, value, null, 0.7)).contains(word);
        assertThat(word(Metric.DINO, 0.2, value, null, 0.7)).contains(word);
    }

    @Test
    void nameWhatTheyRestOn() {
        assertThat(verdict(Metric.CLIP_I, 0.2, 0.6, new Interval(0.1, 0.7), 0.7))
                .hasValueSatisfying(it -> {
                    assertThat(it.word()).isEqualTo(Word.CLOSE);
                    assertThat(it.sign()).isEqualTo(Sign.GOOD);
                    assertThat(it.against()).isEqualTo(Basis.REAL_PICTURES);
                    assertThat(it.untrained()).isEqualTo(0.2);
                    assertThat(it.changed()).isFalse();
                    assertThat(it.share()).isCloseTo(0.8, Offset.offset(1e-9));
                });
        assertThat(verdict(Metric.DIV, 0.4, 0.2, new Interval(0.1, 0.3), null)).hasValueSatisfying(it -> {
            assertThat(it.sign()).isEqualTo(Sign.WEAK);
            assertThat(it.against()).isEqualTo(Basis.UNTRAINED_MODEL);
            assertThat(it.changed()).isTrue();
            assertThat(it.share()).isEqualTo(0.5);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"CLIP_I", "DINO", "PRES"})
    void areMissingWhereTheUntrainedModelIsAsNearAsTheRealPictures(Metric metric) {
        assertThat(word(metric, 0.69, 0.72, null, 0.7)).isEmpty();
        assertThat(word(metric, 0.1, 0.72, null, null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void areMissingWithoutAValueOrThatOfTheUntrainedModel(Metric metric) {
        Score score = score(metric, STEP, 0.5, null, 0.7);

        assertThat(new Verdicts(List.of(score)).of(score)).isEmpty();
        Score unmeasured = Score.missing(ImageSet.CHECKPOINT, metric, "there is no encoder", STEP);
        assertThat(new Verdicts(List.of(score(metric, 0, 0.5, null, 0.7), unmeasured)).of(unmeasured))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.51, KEPT", "0.509, LESS", "0.201, LESS", "0.199, LOST", "-0.1, LOST"})
    void judgeTheMarginByWhatIsLeftOfIt(double value, Word word) {
        assertThat(word(Metric.CLIP_T_MARGIN, 0.6, value, null, null)).contains(word);
    }

    @Test
    void judgeNoMarginWhereTheUntrainedModelHasNone() {
        assertThat(word(Metric.CLIP_T_MARGIN, -0.01, -0.05, null, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.52, 0.3, KEPT", "0.5, 0.3, REAL", "0.26, 0.3, REAL", "0.25, 0.3, LESS", "0.26, -0.08, REAL"})
    void compareClipTWithTheUntrainedModelFirstAndThenWithTheRealPictures(double value, double real, Word word) {
        assertThat(verdict(Metric.CLIP_T, 0.6, value, null, real)).hasValueSatisfying(it -> {
            assertThat(it.word()).isEqualTo(word);
            assertThat(it.against()).isEqualTo(word == Word.REAL ? Basis.REAL_PICTURES : Basis.UNTRAINED_MODEL);
        });
    }

    @ParameterizedTest
    @CsvSource({"PRES, 0.2, 0.326, LEAKS", "PRES, 0.2, 0.324, CLEAN", "DIV, 0.4, 0.3, NARROW", "DIV, 0.4, 0.301, VARIED"
    })
    void judgeTheClass(Metric metric, double untrained, double value, Word word) {
        assertThat(word(metric, untrained, value, null, 0.7)).contains(word);
    }

    @ParameterizedTest
    @CsvSource({"CLIP_T, KEPT", "CLIP_T_MARGIN, KEPT", "PRES, CLEAN", "DIV, VARIED"})
    void countOnlyAChangeBeyondTheInterval(Metric metric, Word word) {
        double untrained = metric == Metric.PRES ? 0.1 : 0.5;
        double value = metric == Metric.PRES ? 0.6 : 0.1;

        assertThat(word(metric, untrained, value, new Interval(0.05, 0.65), 0.7))
                .contains(word);
        assertThat(verdict(metric, untrained, value, new Interval(value - 0.05, value + 0.05), 0.7))
                .hasValueSatisfying(it -> assertThat(it.sign()).isEqualTo(Sign.WEAK));
    }

    @Test
    void areOnlyForCheckpointsOverAllPrompts() {
        List<Score> all = new ArrayList<>(List.of(
                score(Metric.CLIP_I, 0, 0.2, null, 0.7),
                score(Metric.CLIP_I, STEP, 0.6, null, 0.7),
                score(new Selection(ImageSet.CHECKPOINT, STEP, "a prompt"), Metric.CLIP_I, 0.6, null, 0.7),
                score(new Selection(ImageSet.RESULTS, STEP, null), Metric.CLIP_I, 0.6, null, 0.7)));
        Verdicts verdicts = new Verdicts(all);

        assertThat(all.stream().map(it -> verdicts.of(it).isPresent()).toList())
                .containsExactly(false, true, false, false);
    }

    @Test
    void areWeakWhereThereIsSomethingToImprove() {
        assertThat(EnumSet.allOf(Word.class).stream()
                        .filter(it -> new Verdict(it, Basis.UNTRAINED_MODEL, 0, true, null).sign() == Sign.WEAK))
                .containsExactly(Word.PARTLY, Word.HARDLY, Word.LESS, Word.LOST, Word.LEAKS, Word.NARROW);
    }

    private static Optional<Word> word(
            Metric metric, double untrained, double value, @Nullable Interval interval, @Nullable Double real) {
        return verdict(metric, untrained, value, interval, real).map(Verdict::word);
    }

    private static Optional<Verdict> verdict(
            Metric metric, double untrained, double value, @Nullable Interval interval, @Nullable Double real) {
        Score score = score(metric, STEP, value, interval, real);
        return new Verdicts(List.of(score(metric, 0, untrained, null, real), score)).of(score);
    }

    private static Score score(
            Metric metric, int step, double value, @Nullable Interval interval, @Nullable Double real) {
        return score(new Selection(ImageSet.CHECKPOINT, step, null), metric, value, interval, real);
    }

    private static Score score(
            Selection selection, Metric metric, double value, @Nullable Interval interval, @Nullable Double real) {
        return new Score(selection, metric, Outcome.of(value, 12, interval), "clip", "all", real);
    }
}
