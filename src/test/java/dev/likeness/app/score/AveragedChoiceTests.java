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
import org.junit.jupiter.api.Test;

class AveragedChoiceTests {

    private final List<Score> scores = new ArrayList<>();

    private void add(ImageSet images, int step, double clipI) {
        scores.add(new Score(
                new Selection(images, step, null),
                Metric.CLIP_I,
                Outcome.of(clipI, 4, new Interval(clipI - 0.02, clipI + 0.02)),
                "clip",
                "all",
                0.7));
    }

    private ChosenCheckpoint choose(KeptWeights keep) {
        ScoringSpec evaluation =
                TestSpec.small().with("evaluation.keep", keep.wire()).spec().evaluation();
        return new AveragedChoice(evaluation, scores).choose(400);
    }

    @Test
    void takesTheBestStepOfTheBetterWeights() {
        add(ImageSet.CHECKPOINT, 0, 0.2);
        add(ImageSet.CHECKPOINT, 200, 0.3);
        add(ImageSet.CHECKPOINT, 400, 0.4);
        add(ImageSet.RAW_CHECKPOINT, 200, 0.6);
        add(ImageSet.RAW_CHECKPOINT, 400, 0.5);

        ChosenCheckpoint chosen = choose(KeptWeights.BEST);

        assertThat(chosen.step()).isEqualTo(200);
        assertThat(chosen.weights()).isEqualTo(WeightsKind.RAW);
        assertThat(chosen.by()).isEqualTo(By.SCORE);
        assertThat(chosen.reason())
                .startsWith("its clip_i of 0.600")
                .endsWith("; raw weights: the averaged ones (EMA) have a clip_i of 0.400 at their best step, 400");
    }

    @Test
    void takesTheAverageOfEqualOnesAndSaysThatTheyAreAlike() {
        add(ImageSet.CHECKPOINT, 0, 0.2);
        add(ImageSet.CHECKPOINT, 400, 0.6);
        add(ImageSet.RAW_CHECKPOINT, 400, 0.605);

        ChosenCheckpoint chosen = choose(KeptWeights.BEST);

        assertThat(chosen.weights()).isEqualTo(WeightsKind.EMA);
        assertThat(chosen.reason())
                .contains(
                        "; averaged weights (EMA): the raw ones have a clip_i of 0.605 at their best step, 400; cannot tell");
    }

    @Test
    void takesTheAverageOfTheLastStepIfAskedOrWithoutScoresOfRawWeights() {
        add(ImageSet.CHECKPOINT, 0, 0.2);
        add(ImageSet.CHECKPOINT, 400, 0.3);
        assertThat(choose(KeptWeights.BEST).reason())
                .endsWith("averaged weights (EMA), because both could not be compared");
        add(ImageSet.RAW_CHECKPOINT, 400, 0.6);

        ChosenCheckpoint chosen = choose(KeptWeights.LAST);

        assertThat(chosen.weights()).isEqualTo(WeightsKind.EMA);
        assertThat(chosen.by()).isEqualTo(By.LAST);
        assertThat(chosen.reason()).endsWith("averaged weights (EMA), because keep is last");
    }

    @Test
    void givesAdviceTheScoresOfTheResult() {
        add(ImageSet.CHECKPOINT, 0, 0.2);
        add(ImageSet.CHECKPOINT, 400, 0.3);
        add(ImageSet.RAW_CHECKPOINT, 400, 0.6);

        assertThat(AveragedChoice.ofChosen(scores, new ChosenCheckpoint(400, By.SCORE, "", WeightsKind.RAW)))
                .filteredOn(it -> it.images() == ImageSet.CHECKPOINT)
                .extracting(Score::value)
                .containsExactly(0.2, 0.6);
        assertThat(AveragedChoice.ofChosen(scores, new ChosenCheckpoint(400, By.SCORE, "", WeightsKind.EMA)))
                .isEqualTo(scores);
    }
}
