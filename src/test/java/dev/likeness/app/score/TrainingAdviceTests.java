package dev.likeness.app.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.job.TestJobs;
import dev.likeness.app.score.Advice.Severity;
import dev.likeness.app.score.ChosenCheckpoint.By;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.TestSpec;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In all tests the untrained model has 0.2 and the real pictures have 0.7, so a gain of 1 is a difference of 0.5. */
class TrainingAdviceTests {

    private static final double REAL = 0.7;

    private final List<Score> scores = new ArrayList<>();

    @Test
    void saysNothingOfAJobThatWentWell() {
        untrained();
        trained(200, 0.5, 0.28);
        trained(400, 0.68, 0.28);

        advice(400).isEmpty();
    }

    @Test
    void saysNothingWhileThereIsNoResult() {
        untrained();
        trained(200, 0.2, 0.1);

        assertThat(TrainingAdvice.of(TestJobs.spec(), scores, null)).isEmpty();
    }

    @Test
    void saysNothingOfAJobWhoseCheckpointsWereNotScored() {
        add(ImageSet.RESULTS, Metric.CLIP_I, 400, 0.7, null);

        advice(400).isEmpty();
    }

    @Test
    void callsAJobOverfitThatIsLikeThePicturesButNoLongerListens() {
        untrained();
        trained(400, 0.65, 0.09);

        Advice overfit = only(400, "overfit");
        assertThat(overfit.severity()).isEqualTo(Severity.WARNING);
        assertThat(overfit.message())
                .isEqualTo("CLIP-I of 0.650 is near the 0.700 of the real pictures among themselves, but CLIP-T"
                        + " margin fell from 0.300 to 0.090. The images repeat the pictures instead of"
                        + " following prompts (overfitting). Train fewer than 400 steps, or use a lower"
                        + " learning rate (now 0.0007).");
        assertThat(overfit.figures())
                .containsEntry("step", 400)
                .containsEntry("clip_i_untrained", 0.2)
                .containsEntry("clip_i", 0.65)
                .containsEntry("clip_i_real", REAL)
                .containsEntry("clip_t_margin_untrained", 0.3)
                .containsEntry("clip_t_margin", 0.09)
                .doesNotContainKey("earlier_step");
    }

    @Test
    void namesTheLastEarlierCheckpointThatHasBoth() {
        untrained();
        trained(100, 0.58, 0.30);
        trained(200, 0.60, 0.19);
        trained(300, 0.62, 0.09);
        trained(400, 0.68, 0.08);

        Advice overfit = only(400, "overfit");
        assertThat(overfit.message())
                .contains(
                        "The checkpoint of step 200 is similar to the pictures (CLIP-I 0.600) and follows prompts (CLIP-T margin"
                                + " 0.190). POST /v1/jobs/{id}/checkpoints/200/choose makes it the result");
        assertThat(overfit.figures()).containsEntry("earlier_step", 200);
    }

    @Test
    void doesNotNameAnEarlierCheckpointThatIsNotLikeThePicturesOrALaterOne() {
        untrained();
        trained(100, 0.57, 0.30);
        trained(200, 0.68, 0.08);
        trained(300, 0.68, 0.30);

        assertThat(only(200, "overfit").figures()).doesNotContainKey("earlier_step");
    }

    @Test
    void doesNotCallAJobOverfitThatListensJustEnough() {
        untrained();
        trained(400, 0.70, 0.1001);
        advice(400).isEmpty();

        trained(400, 0.70, 0.0999);
        advice(400).singleElement().satisfies(it -> assertThat(it.code()).isEqualTo("overfit"));
    }

    @Test
    void saysNothingOfClipTWhileItsMarginIsThere() {
        untrained();
        trained(400, 0.70, 0.3);
        add(Metric.CLIP_T, 400, 0.1);

        advice(400).isEmpty();
    }

    @Test
    void listensByClipTWhereThereIsNoMargin() {
        withClipTAlone(0.25);

        assertThat(only(400, "overfit").message()).contains("but CLIP-T fell from 0.300 to 0.250. ");

        withClipTAlone(0.26);
        advice(400).isEmpty();
    }

    @Test
    void expectsNoMoreOfClipTThanTheRealPicturesReach() {
        withClipTAlone(0.18);
        put(new Score(
                new Selection(ImageSet.CHECKPOINT, 400, null),
                Metric.CLIP_T,
                Outcome.of(0.18, 12, null),
                "clip",
                "all",
                0.2));

        advice(400).isEmpty();
    }

    @Test
    void callsATrainingThatBrokeTheModelByItsName() {
        untrained();
        trained(400, 0.574, 0.09);

        assertThat(only(400, "prompts_ignored").message())
                .isEqualTo("CLIP-T margin fell from 0.300 to 0.090, but CLIP-I is still far from that of the real"
                        + " pictures. Training damaged the model more than it taught the subject. Use a lower learning"
                        + " rate (now 0.0007).");
    }

    @Test
    void saysNothingOfListeningWhereTheUntrainedModelDoesNot() {
        untrained();
        add(Metric.CLIP_T_MARGIN, 0, -0.01);
        trained(400, 0.68, -0.05);

        advice(400).isEmpty();
    }

    @Test
    void asksForMoreTrainingWhereClipIStillRises() {
        untrained();
        trained(200, 0.50, 0.3);
        trained(400, 0.57, 0.3);

        Advice more = only(400, "undertrained");
        assertThat(more.message())
                .isEqualTo("CLIP-I was still rising at the last checkpoint, to 0.570 at step 400, well below the 0.700"
                        + " of the real pictures among themselves. Train more than 20 steps, or use a higher learning"
                        + " rate (now 0.0007).");
        assertThat(more.figures()).containsEntry("clip_i", 0.57);
    }

    @Test
    void doesNotAskForMoreTrainingWhereClipINoLongerRisesOrIsHighEnough() {
        untrained();
        trained(200, 0.55, 0.3);
        trained(400, 0.57, 0.3);
        advice(400).isEmpty();

        trained(200, 0.50, 0.3);
        trained(400, 0.576, 0.3);
        advice(400).isEmpty();
    }

    @Test
    void doesNotTellARiseFromOneCheckpoint() {
        untrained();
        trained(400, 0.45, 0.3);

        advice(400).isEmpty();
    }

    @Test
    void tellsThatASubjectIsHardlyToBeRecognised() {
        untrained();
        trained(400, 0.32, 0.3);

        assertThat(only(400, "unlike").message())
                .contains("CLIP-I changed from 0.200 to 0.320, and the real pictures have 0.700");

        trained(400, 0.33, 0.3);
        advice(400).isEmpty();
    }

    @Test
    void tellsThatDetailIsMissingWhereLikenessIsThere() {
        untrained();
        trained(200, 0.65, 0.28);
        trained(400, 0.66, 0.28);
        add(Metric.DETAIL, 0, 0.2);
        add(Metric.DETAIL, 400, 0.55);

        Advice unfinished = only(400, "unfinished");
        assertThat(unfinished.message())
                .isEqualTo("The images have the subject's colours, but only 0.550 of the pictures' detail, of which the"
                        + " real pictures show 0.700 among themselves. Its parts are smeared or distorted. Train more than"
                        + " 20 steps; if training longer does not help, use another learning rate (now 0.0007), or a higher"
                        + " rank for an adapter.");
        assertThat(unfinished.figures()).containsEntry("detail", 0.55).containsEntry("detail_real", REAL);
    }

    @Test
    void expectsNoMoreDetailThanLikenessOfThreeQuarters() {
        untrained();
        trained(200, 0.65, 0.28);
        trained(400, 0.66, 0.28);
        add(Metric.DETAIL, 0, 0.2);
        add(Metric.DETAIL, 400, 0.58);

        advice(400).isEmpty();
    }

    @Test
    void doesNotJudgeLikenessWhereTheUntrainedModelDrawsTheSubjectAlready() {
        add(Metric.CLIP_I, 0, 0.69);
        add(Metric.CLIP_I, 200, 0.60);
        add(Metric.CLIP_I, 400, 0.65);

        advice(400).isEmpty();
    }

    @Test
    void warnsOfALeakIntoTheClass() {
        untrained();
        trained(400, 0.68, 0.3);
        add(Metric.PRES, 400, 0.33);

        assertThat(only(400, "class_leak").message())
                .isEqualTo("PRES rose from 0.200 to 0.330. The subject leaks into its class: other things of the class"
                        + " begin to look like it. Use more prior images (prior.images, now 4) or a higher prior weight"
                        + " (prior.weight, now 1.000).");

        add(Metric.PRES, 400, 0.32);
        advice(400).isEmpty();
    }

    @Test
    void asksForMissingPriorPreservation() {
        untrained();
        trained(400, 0.68, 0.3);
        add(Metric.PRES, 400, 0.4);
        JobSpec none = TestSpec.small().with("prior.enabled", false).spec();

        assertThat(TrainingAdvice.of(none, scores, chosen(400, By.LAST)))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).endsWith("Turn on prior preservation (prior.enabled)."));
    }

    @Test
    void warnsWhereTheClassLosesItsVariety() {
        untrained();
        trained(400, 0.68, 0.3);
        add(Metric.DIV, 400, 0.29);

        Advice lost = only(400, "class_variety");
        assertThat(lost.message()).startsWith("DIV fell from 0.400 to 0.290").contains("prior.weight");
        assertThat(lost.figures()).containsEntry("div_untrained", 0.4).containsEntry("div", 0.29);

        add(Metric.DIV, 400, 0.31);
        advice(400).isEmpty();
    }

    @Test
    void saysNothingOfAChangeThatOtherSeedsMightHaveMade() {
        untrained();
        trained(400, 0.68, 0.3);
        add(ImageSet.CHECKPOINT, Metric.PRES, 400, 0.4, new Interval(0.19, 0.6));
        add(ImageSet.CHECKPOINT, Metric.DIV, 400, 0.2, new Interval(0.1, 0.41));
        add(ImageSet.CHECKPOINT, Metric.CLIP_T_MARGIN, 400, 0.09, new Interval(0, 0.31));
        advice(400).isEmpty();

        add(ImageSet.CHECKPOINT, Metric.PRES, 400, 0.4, new Interval(0.21, 0.6));
        add(ImageSet.CHECKPOINT, Metric.DIV, 400, 0.2, new Interval(0.1, 0.39));
        add(ImageSet.CHECKPOINT, Metric.CLIP_T_MARGIN, 400, 0.09, new Interval(0, 0.29));
        advice(400).extracting(Advice::code).containsExactly("overfit", "class_leak", "class_variety");
    }

    @Test
    void tellsThatTrainingPeaksEarly() {
        untrained();
        trained(100, 0.68, 0.3);
        trained(200, 0.66, 0.3);
        trained(300, 0.66, 0.3);

        assertThat(TrainingAdvice.of(TestJobs.spec(), scores, chosen(100, By.SCORE)))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.code()).isEqualTo("peaks_early");
                    assertThat(it.severity()).isEqualTo(Severity.INFO);
                    assertThat(it.message()).startsWith("The first of 3 checkpoints, step 100, is the best");
                    assertThat(it.figures()).containsEntry("last_step", 300);
                });
        assertThat(TrainingAdvice.of(TestJobs.spec(), scores, chosen(100, By.USER)))
                .isEmpty();
        assertThat(TrainingAdvice.of(TestJobs.spec(), scores, chosen(200, By.SCORE)))
                .isEmpty();
    }

    @Test
    void tellsWhereAnIntervalIsTooWideToCompareCheckpoints() {
        untrained();
        trained(400, 0.68, 0.3);
        add(ImageSet.CHECKPOINT, Metric.CLIP_I, 400, 0.68, new Interval(0.53, 0.74));

        Advice wide = only(400, "uncertain");
        assertThat(wide.message())
                .contains(
                        "with a 95 % interval from 0.530 to 0.740, because each checkpoint is scored on only 2 images");
        assertThat(wide.figures()).containsEntry("interval_low", 0.53).containsEntry("images", 2);

        add(ImageSet.CHECKPOINT, Metric.CLIP_I, 400, 0.68, new Interval(0.55, 0.74));
        advice(400).isEmpty();
    }

    @Test
    void tellsOnceWhyScoresAreMissing() {
        untrained();
        trained(400, 0.68, 0.3);
        missing(Metric.DINO, "there is no encoder");
        missing(Metric.PRES, "there is no encoder");

        assertThat(only(400, "not_measured").message())
                .isEqualTo("DINO, PRES could not be measured: there is no encoder.");
    }

    @Test
    void saysWhatMattersMostFirst() {
        untrained();
        trained(400, 0.70, 0.09);
        add(Metric.PRES, 400, 0.6);
        missing(Metric.DINO, "there is no encoder");

        advice(400).extracting(Advice::code).containsExactly("overfit", "class_leak", "not_measured");
    }

    private void withClipTAlone(double clipT) {
        scores.clear();
        add(Metric.CLIP_I, 0, 0.2);
        add(Metric.CLIP_T, 0, 0.3);
        add(Metric.CLIP_I, 400, 0.68);
        add(Metric.CLIP_T, 400, clipT);
    }

    private void untrained() {
        add(Metric.CLIP_I, 0, 0.2);
        add(Metric.CLIP_T_MARGIN, 0, 0.3);
        add(Metric.CLIP_T, 0, 0.3);
        add(Metric.PRES, 0, 0.2);
        add(Metric.DIV, 0, 0.4);
    }

    private void trained(int step, double clipI, double margin) {
        add(Metric.CLIP_I, step, clipI);
        add(Metric.CLIP_T_MARGIN, step, margin);
        add(Metric.PRES, step, 0.2);
        add(Metric.DIV, step, 0.4);
    }

    private void add(Metric metric, int step, double value) {
        add(ImageSet.CHECKPOINT, metric, step, value, new Interval(value - 0.01, value + 0.01));
    }

    private void add(ImageSet images, Metric metric, int step, double value, @Nullable Interval interval) {
        put(new Score(new Selection(images, step, null), metric, Outcome.of(value, 12, interval), "clip", "all", REAL));
    }

    private void missing(Metric metric, String reason) {
        put(Score.missing(ImageSet.CHECKPOINT, metric, reason, 400));
    }

    /** Replaces the score of the same kind. */
    private void put(Score score) {
        scores.removeIf(it -> it.images() == score.selection().images()
                && it.metric() == score.metric()
                && it.step() == score.selection().step());
        scores.add(score);
    }

    private Advice only(int step, String code) {
        List<Advice> said = TrainingAdvice.of(TestJobs.spec(), scores, chosen(step, By.LAST));
        assertThat(said).extracting(Advice::code).containsExactly(code);
        return said.get(0);
    }

    private ListAssert<Advice> advice(int step) {
        return assertThat(TrainingAdvice.of(TestJobs.spec(), scores, chosen(step, By.LAST)));
    }

    private static ChosenCheckpoint chosen(int step, By by) {
        return new ChosenCheckpoint(step, by, "for a reason");
    }
}
