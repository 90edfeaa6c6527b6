package dev.likeness.app.worker;

import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.job.Metric;
import dev.likeness.app.job.NewScore;
import dev.likeness.diffusion.evaluation.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What scores a job has, from embeddings of its pictures. */
final class JobScores {

    private static final String ALL_PAIRS = "all generated x real";
    private static final String OWN_PROMPT = "each generated x its prompt without the identifier";
    private static final String CLASS_PAIRS = "all images of the class x real";
    private static final String DISTINCT = "distinct pairs of images of the class";

    private final LeasedJob job;
    private final int steps;

    JobScores(LeasedJob job) {
        this.job = job;
        this.steps = job.spec().training().steps();
    }

    /**
     * Embeddings of one encoder, one each.
     *
     * @param encoder its name
     * @param real the subject
     * @param before the plain class as the base model draws it
     * @param result drawn after training, prompt by prompt
     * @param plainClass the plain class after training
     */
    record Embedded(String encoder, float[][] real, float[][] before, float[][] result, float[][] plainClass) {}

    /** How like the subject the images are, over all of them and for each prompt. */
    List<NewScore> likeness(Metric metric, Embedded pictures) {
        double reference = Similarity.within(pictures.real()).value();
        List<NewScore> scores = new ArrayList<>();
        Row row = new Row(metric, pictures.encoder(), ALL_PAIRS, reference);
        scores.add(row.of(Similarity.between(pictures.before(), pictures.real()), 0, null));
        scores.add(row.of(Similarity.between(pictures.result(), pictures.real()), steps, null));
        for (int p = 0; p < prompts().size(); p++) {
            scores.add(row.of(Similarity.between(ofPrompt(pictures.result(), p), pictures.real()), steps, expanded(p)));
        }
        return scores;
    }

    /**
     * How well images show what they were asked for.
     *
     * @param plainClass the text of {@link PriorImagesPhase#PLAIN_CLASS}
     * @param texts of the prompts without the identifier, one each
     */
    List<NewScore> promptFidelity(Embedded pictures, float[] plainClass, float[][] texts) {
        double reference =
                Similarity.between(pictures.real(), new float[][] {plainClass}).value();
        List<NewScore> scores = new ArrayList<>();
        Row row = new Row(Metric.CLIP_T, pictures.encoder(), OWN_PROMPT, reference);
        scores.add(row.of(Similarity.between(pictures.before(), new float[][] {plainClass}), 0, null));
        float[][] each = new float[pictures.result().length][];
        for (int i = 0; i < each.length; i++) {
            each[i] = texts[i / imagesPerPrompt()];
        }
        scores.add(row.of(Similarity.matching(pictures.result(), each), steps, null));
        for (int p = 0; p < texts.length; p++) {
            scores.add(
                    row.of(Similarity.matching(ofPrompt(pictures.result(), p), ofPrompt(each, p)), steps, expanded(p)));
        }
        return scores;
    }

    /** What became of the plain class: whether it looks like the subject now, and whether it has lost its variety. */
    List<NewScore> plainClass(Embedded pictures) {
        Similarity real = Similarity.within(pictures.real());
        Row leak = new Row(Metric.PRES, pictures.encoder(), CLASS_PAIRS, real.value());
        List<NewScore> scores = new ArrayList<>();
        scores.add(leak.of(Similarity.between(pictures.before(), pictures.real()), 0, null));
        scores.add(leak.of(Similarity.between(pictures.plainClass(), pictures.real()), steps, null));
        if (pictures.plainClass().length < 2) {
            scores.add(unmeasured(Metric.DIV, "diversity is that of two images or more"));
            return scores;
        }
        Row variety = new Row(
                Metric.DIV, pictures.encoder(), DISTINCT, real.complement().value());
        scores.add(variety.of(Similarity.within(pictures.before()).complement(), 0, null));
        scores.add(variety.of(Similarity.within(pictures.plainClass()).complement(), steps, null));
        return scores;
    }

    NewScore unmeasured(Metric metric, String reason) {
        return new NewScore(metric, null, reason, 0, null, "none", "none", null, steps, null);
    }

    private List<String> prompts() {
        return job.spec().sampling().prompts();
    }

    private String expanded(int prompt) {
        return job.expand(prompts().get(prompt));
    }

    private int imagesPerPrompt() {
        return job.spec().sampling().imagesPerPrompt();
    }

    private float[][] ofPrompt(float[][] all, int prompt) {
        return Arrays.copyOfRange(all, prompt * imagesPerPrompt(), (prompt + 1) * imagesPerPrompt());
    }

    private record Row(Metric metric, String encoder, String pairing, double reference) {

        NewScore of(Similarity found, int step, @Nullable String subset) {
            return new NewScore(
                    metric,
                    found.value(),
                    null,
                    found.n(),
                    new NewScore.Interval(found.low(), found.high()),
                    encoder,
                    pairing,
                    reference,
                    step,
                    subset);
        }
    }
}
