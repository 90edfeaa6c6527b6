package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Similarity;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.training.Prompts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Trains the bundled model on a bundled subject and reaches the thresholds of the model's documentation, in fewer steps
 * than recommended there.
 */
@Tag("acceptance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PriorPreservationTests {

    private static final String CLASS_PROMPT = "a photo of a bird";
    private static final String SUBJECT_PROMPT = "a photo of a sks bird";
    private static final int PRIOR_IMAGES = 32;
    private static final int IMAGES = 8;
    private static final int STEPS = 20;
    private static final int BATCH = 12;
    private static final int TRAINING_STEPS = 250;
    /** Half the steps are enough to destroy the plain class without prior preservation. */
    private static final int STEPS_WITHOUT_PRIOR = 120;

    private double reference;
    private double untrained;
    private double trained;
    private double onTheBeach;
    private double inTheSnow;
    private double classKeptWithPrior;
    private double classKeptWithoutPrior;
    private double leakWithPrior;
    private double leakWithoutPrior;

    @BeforeAll
    void train() throws Exception {
        TinyWorld.with(pipeline -> {
            Pipeline.ImageEncoder encoder = pipeline.imageEncoder().orElseThrow();
            List<RgbImage> subject = TinyWorld.subject("owl");
            float[][] real = encoder.embed(subject);
            reference = Similarity.within(real).value();
            List<RgbImage> prior = draw(pipeline, CLASS_PROMPT, PRIOR_IMAGES);
            float[][] base = encoder.embed(draw(pipeline, CLASS_PROMPT, IMAGES));
            untrained = Similarity.between(base, real).value();

            train(pipeline, subject, prior, TRAINING_STEPS);
            trained = score(pipeline, encoder, SUBJECT_PROMPT, real);
            onTheBeach = score(pipeline, encoder, SUBJECT_PROMPT + " on the beach", real);
            inTheSnow = score(pipeline, encoder, SUBJECT_PROMPT + " in the snow", real);
            float[][] withPrior = encoder.embed(draw(pipeline, CLASS_PROMPT, IMAGES));
            classKeptWithPrior = Similarity.between(withPrior, base).value();
            leakWithPrior = Similarity.between(withPrior, real).value();

            train(pipeline, subject, List.of(), STEPS_WITHOUT_PRIOR);
            float[][] withoutPrior = encoder.embed(draw(pipeline, CLASS_PROMPT, IMAGES));
            classKeptWithoutPrior = Similarity.between(withoutPrior, base).value();
            leakWithoutPrior = Similarity.between(withoutPrior, real).value();
        });
        System.out.printf(
                "CLIP-I untrained %.3f, trained %.3f, beach %.3f, snow %.3f, real-vs-real %.3f; "
                        + "class images to the base's %.3f with prior, %.3f without; to the subject %.3f, %.3f%n",
                untrained,
                trained,
                onTheBeach,
                inTheSnow,
                reference,
                classKeptWithPrior,
                classKeptWithoutPrior,
                leakWithPrior,
                leakWithoutPrior);
    }

    @Test
    void knowsTheSubject() {
        assertThat(trained).isGreaterThanOrEqualTo(0.8 * reference);
        assertThat(trained).isGreaterThanOrEqualTo(untrained + 0.35);
    }

    @Test
    void knowsTheSubjectInOtherSettings() {
        assertThat(onTheBeach).isGreaterThanOrEqualTo(0.7 * reference);
        assertThat(inTheSnow).isGreaterThanOrEqualTo(0.7 * reference);
    }

    @Test
    void priorPreservationKeepsThePlainClassCloserToTheBaseModels() {
        assertThat(classKeptWithPrior).isGreaterThan(classKeptWithoutPrior + 0.1);
        assertThat(leakWithPrior).isLessThan(leakWithoutPrior - 0.1);
    }

    private static void train(Pipeline pipeline, List<RgbImage> subject, List<RgbImage> prior, int steps)
            throws IOException {
        pipeline.useBaseWeights();
        pipeline.train(
                new TrainingRequest(
                        new DreamBooth(false),
                        new TrainingRequest.Subject(subject, Prompts.fixed(SUBJECT_PROMPT)),
                        prior.isEmpty() ? null : new TrainingRequest.Prior(prior, CLASS_PROMPT, 1),
                        TinyWorld.settings().steps(steps),
                        null),
                new TinyWorld.Losses());
    }

    private static double score(Pipeline pipeline, Pipeline.ImageEncoder encoder, String prompt, float[][] real) {
        return Similarity.between(encoder.embed(draw(pipeline, prompt, IMAGES)), real)
                .value();
    }

    private static List<RgbImage> draw(Pipeline pipeline, String prompt, int count) {
        return TinyWorld.pixels(
                pipeline.generate(TinyWorld.request(prompt, count, STEPS, BATCH), new SilentListener()));
    }
}
