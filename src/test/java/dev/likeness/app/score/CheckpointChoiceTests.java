package dev.likeness.app.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.score.ChosenCheckpoint.By;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.app.spec.KeptWeights;
import dev.likeness.app.spec.ScoringSpec;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckpointChoiceTests {

    private final List<Score> scores = new ArrayList<>();

    private void checkpoint(int step, @Nullable Double clipI, double margin) {
        add(ImageSet.CHECKPOINT, Metric.CLIP_I, step, clipI, null);
        add(ImageSet.CHECKPOINT, Metric.CLIP_T_MARGIN, step, margin, null);
    }

    private void add(ImageSet images, Metric metric, int step, @Nullable Double value, @Nullable String subset) {
        String reason = value == null ? "no encoder" : null;
        scores.add(new Score(
                new Selection(images, step, subset),
                metric,
                new Outcome(value, reason, 12, null, null),
                "clip",
                "all",
                0.7));
    }

    private CheckpointChoice choice(KeptWeights keep, String score, double floor, int patience) {
        ScoringSpec spec = TestSpec.small()
                .with("evaluation.checkpoints", 4)
                .with("evaluation.keep", keep.wire())
                .with("evaluation.score", score)
                .with("evaluation.prompt_floor", floor)
                .with("evaluation.patience", patience)
                .spec()
                .evaluation();
        return new CheckpointChoice(spec, scores);
    }

    private ChosenCheckpoint best(double floor) {
        return choice(KeptWeights.BEST, "clip_i", floor, 0).choose(400);
    }

    @Test
    void takesTheHighestScoreThatStillListens() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(100, 0.4, 0.30);
        checkpoint(200, 0.6, 0.27);
        checkpoint(300, 0.7, 0.26);
        checkpoint(400, 0.8, 0.20);

        ChosenCheckpoint chosen = best(0.85);

        assertThat(chosen.step()).isEqualTo(300);
        assertThat(chosen.by()).isEqualTo(By.SCORE);
        assertThat(chosen.reason())
                .isEqualTo(
                        "its clip_i of 0.700, a likeness gain of 1.00 with 0.87 of the untrained model's clip_t_margin"
                                + " left, is the best balance of 4 checkpoints with a clip_t_margin of at least 0.255; it looks good");
    }

    @Test
    void weighsPromptsAgainstLikeness() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(200, 0.6, 0.27);
        checkpoint(400, 0.7, 0.01);

        assertThat(best(0).step()).isEqualTo(200);
        assertThat(best(0).reason())
                .isEqualTo(
                        "its clip_i of 0.600, a likeness gain of 0.83 with 0.90 of the untrained model's clip_t_margin"
                                + " left, is the best balance of 2 checkpoints; it looks undertrained");
    }

    @Test
    void seesNoGainBeyondTheRealPictures() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(200, 0.69, 0.20);
        checkpoint(400, 0.9, 0.20);

        assertThat(best(0).step()).isEqualTo(200);
    }

    @Test
    void takesTheEarlierOfNearlyEqualOnes() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(200, 0.60, 0.30);
        checkpoint(400, 0.615, 0.30);
        assertThat(best(0).step()).isEqualTo(200);

        checkpoint(600, 0.65, 0.30);
        assertThat(best(0).step()).isEqualTo(600);
    }

    @Test
    void comparesLikenessAloneWithoutAMargin() {
        add(ImageSet.CHECKPOINT, Metric.CLIP_I, 0, 0.1, null);
        add(ImageSet.CHECKPOINT, Metric.CLIP_I, 200, 0.5, null);
        add(ImageSet.CHECKPOINT, Metric.CLIP_I, 400, 0.6, null);

        assertThat(best(0).step()).isEqualTo(400);
        assertThat(best(0).reason()).doesNotContain("clip_t_margin");
    }

    @Test
    void comparesValuesWhereTheUntrainedModelAlreadyLooksLikeThePictures() {
        checkpoint(0, 0.69, 0.30);
        checkpoint(200, 0.6, 0.27);
        checkpoint(400, 0.7, 0.01);

        assertThat(best(0).step()).isEqualTo(400);
        assertThat(best(0).reason()).isEqualTo("its clip_i of 0.700 is the highest of 2 checkpoints");
    }

    @Test
    void saysWhichCheckpointsItCannotTellApart() {
        checkpoint(0, 0.1, 0.30);
        measured(100, new Interval(0.20, 0.45), new Interval(0.2, 0.3));
        measured(200, new Interval(0.62, 0.75), new Interval(0.2, 0.3));
        measured(300, new Interval(0.60, 0.80), new Interval(0.1, 0.25));
        measured(400, new Interval(0.60, 0.80), new Interval(0.05, 0.15));
        measured(500, new Interval(0.76, 0.90), new Interval(0.2, 0.3));

        assertThat(best(0).step()).isEqualTo(200);
        assertThat(best(0).reason())
                .endsWith("it looks good; cannot tell it from step 300, because the intervals overlap");
    }

    @Test
    void cannotTellFromIntervalsThatReachFromOneVerdictToAnother() {
        checkpoint(0, 0.1, 0.30);
        measured(200, new Interval(0.2, 0.9), new Interval(0.2, 0.3));
        measured(400, new Interval(0.2, 0.9), new Interval(0.2, 0.3));

        assertThat(best(0).reason()).contains("its images are too few to tell whether it was trained enough");
    }

    @Test
    void leavesCheckpointsThatALaterOneExceedsInDetail() {
        checkpoint(0, 0.1, 0.30);
        add(ImageSet.CHECKPOINT, Metric.DETAIL, 0, 0.2, null);
        detailed(100, 0.69, 0.40);
        detailed(200, 0.66, 0.64);
        detailed(300, 0.65, 0.68);
        assertThat(best(0).step()).isEqualTo(200);
        assertThat(best(0).reason())
                .isEqualTo(
                        "its clip_i of 0.660, a likeness gain of 0.93 with 0.67 of the untrained model's clip_t_margin"
                                + " left, is the best balance of 3 checkpoints without step 100, because a later one shows"
                                + " more detail; it looks good");
    }

    @Test
    void needsNoMoreDetailThanThatOfThePictures() {
        checkpoint(0, 0.1, 0.30);
        add(ImageSet.CHECKPOINT, Metric.DETAIL, 0, 0.2, null);
        detailed(100, 0.69, 0.70);
        detailed(200, 0.68, 0.99);

        assertThat(best(0).step()).isEqualTo(100);
    }

    @Test
    void fallingDetailLeavesNothingUnfinished() {
        checkpoint(0, 0.1, 0.30);
        add(ImageSet.CHECKPOINT, Metric.DETAIL, 0, 0.2, null);
        detailed(100, 0.6, 0.68);
        detailed(200, 0.69, 0.40);

        assertThat(best(0).step()).isEqualTo(200);
        assertThat(best(0).reason()).endsWith("it shows too little of the pictures' detail");
    }

    @Test
    void detailOfCheckpointsBelowTheFloorDoesNotCount() {
        checkpoint(0, 0.1, 0.30);
        add(ImageSet.CHECKPOINT, Metric.DETAIL, 0, 0.2, null);
        detailed(100, 0.6, 0.40);
        add(ImageSet.CHECKPOINT, Metric.CLIP_I, 200, 0.69, null);
        add(ImageSet.CHECKPOINT, Metric.CLIP_T_MARGIN, 200, 0.05, null);
        add(ImageSet.CHECKPOINT, Metric.DETAIL, 200, 0.70, null);

        assertThat(best(0.5).step()).isEqualTo(100);
    }

    private void detailed(int step, double clipI, double detail) {
        checkpoint(step, clipI, 0.20);
        add(ImageSet.CHECKPOINT, Metric.DETAIL, step, detail, null);
    }

    private void measured(int step, Interval likeness, Interval margin) {
        interval(Metric.CLIP_I, step, likeness);
        interval(Metric.CLIP_T_MARGIN, step, margin);
    }

    private void interval(Metric metric, int step, Interval interval) {
        scores.add(new Score(
                new Selection(ImageSet.CHECKPOINT, step, null),
                metric,
                Outcome.of((interval.low() + interval.high()) / 2, 7, interval),
                "clip",
                "all",
                0.7));
    }

    @Test
    void takesTheFirstOfEquals() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(200, 0.6, 0.30);
        checkpoint(300, 0.6, 0.30);
        checkpoint(400, 0.5, 0.30);

        assertThat(best(0.85).step()).isEqualTo(200);
    }

    @Test
    void takesTheOneThatListensBestWhereNoneListensWell() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(200, 0.6, 0.20);
        checkpoint(400, 0.8, 0.10);

        assertThat(best(0.85).step()).isEqualTo(200);
        assertThat(best(0.85).reason())
                .isEqualTo("no checkpoint has a clip_t_margin of at least 0.255 (0.85 of the untrained model's); its"
                        + " 0.200 is the highest");
    }

    @Test
    void neverTakesTheUntrainedModel() {
        checkpoint(0, 0.9, 0.30);
        checkpoint(200, 0.6, 0.30);
        checkpoint(400, 0.5, 0.30);

        assertThat(best(0.85).step()).isEqualTo(200);
    }

    @Test
    void knowsNoFloorBelowZero() {
        checkpoint(0, 0.1, -0.02);
        checkpoint(200, 0.6, -0.03);
        checkpoint(400, 0.8, -0.05);

        assertThat(best(0.85).step()).isEqualTo(400);
    }

    @Test
    void takesTheLastWhereThatIsWanted() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(200, 0.6, 0.30);
        checkpoint(400, 0.5, 0.30);

        ChosenCheckpoint chosen = choice(KeptWeights.LAST, "clip_i", 0.85, 0).choose(400);

        assertThat(chosen.step()).isEqualTo(400);
        assertThat(chosen.by()).isEqualTo(By.LAST);
    }

    @Test
    void takesTheLastWhereTheScoreCannotBeMeasured() {
        add(ImageSet.CHECKPOINT, Metric.DINO, 200, null, null);
        add(ImageSet.CHECKPOINT, Metric.DINO, 400, null, null);

        ChosenCheckpoint chosen = choice(KeptWeights.BEST, "dino", 0.85, 0).choose(400);

        assertThat(chosen.step()).isEqualTo(400);
        assertThat(chosen.reason()).isEqualTo("the last step, because dino could not be measured");
    }

    @Test
    void looksAtNoOtherImages() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(200, 0.6, 0.30);
        checkpoint(400, 0.5, 0.30);
        add(ImageSet.RESULTS, Metric.CLIP_I, 400, 0.9, null);
        add(ImageSet.CHECKPOINT, Metric.CLIP_I, 400, 0.9, "a single prompt");

        assertThat(best(0.85).step()).isEqualTo(200);
    }

    @Test
    void losesPatienceAfterSoManyWithoutABetterOne() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(100, 0.6, 0.30);
        checkpoint(200, 0.5, 0.30);
        assertThat(choice(KeptWeights.BEST, "clip_i", 0.85, 2).isExhausted(200)).isFalse();

        checkpoint(300, 0.6, 0.30);
        assertThat(choice(KeptWeights.BEST, "clip_i", 0.85, 2).isExhausted(400)).isTrue();
        assertThat(choice(KeptWeights.BEST, "clip_i", 0.85, 2).isExhausted(299)).isFalse();
        assertThat(choice(KeptWeights.BEST, "clip_i", 0.85, 3).isExhausted(400)).isFalse();
        assertThat(choice(KeptWeights.BEST, "clip_i", 0.85, 0).isExhausted(400)).isFalse();

        checkpoint(400, 0.7, 0.30);
        assertThat(choice(KeptWeights.BEST, "clip_i", 0.85, 2).isExhausted(400)).isFalse();
    }

    @Test
    void waitsAsLongAsNothingListens() {
        checkpoint(0, 0.1, 0.30);
        checkpoint(100, 0.6, 0.10);
        checkpoint(200, 0.5, 0.10);
        checkpoint(300, 0.4, 0.10);

        assertThat(choice(KeptWeights.BEST, "clip_i", 0.85, 2).isExhausted(400)).isFalse();
    }
}
