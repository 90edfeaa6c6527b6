package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Similarity;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.training.Prompts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bundled model learns a bundled subject, as far as possible within a minute, without prior preservation. */
class LearningTests {

    private static final String SUBJECT_PROMPT = "a photo of a sks bird";
    private static final int IMAGES = 6;
    private static final int SAMPLING_STEPS = 20;
    private static final int TRAINING_STEPS = 120;

    @Test
    void knowsTheSubject() throws Exception {
        TinyWorld.with(pipeline -> {
            Pipeline.ImageEncoder encoder = pipeline.imageEncoder().orElseThrow();
            List<RgbImage> subject = TinyWorld.subject("owl");
            float[][] real = encoder.embed(subject);
            double reference = Similarity.within(real).value();
            double untrained = score(pipeline, encoder, real);

            pipeline.train(
                    new TrainingRequest(
                            new DreamBooth(false),
                            new TrainingRequest.Subject(subject, Prompts.fixed(SUBJECT_PROMPT)),
                            null,
                            TinyWorld.settings().steps(TRAINING_STEPS),
                            null),
                    new TinyWorld.Losses());
            double trained = score(pipeline, encoder, real);

            System.out.printf(
                    "CLIP-I untrained %.3f, trained %.3f, real-vs-real %.3f%n", untrained, trained, reference);
            assertThat(trained).isGreaterThanOrEqualTo(0.65 * reference);
            assertThat(trained).isGreaterThanOrEqualTo(untrained + 0.35);
        });
    }

    private static double score(Pipeline pipeline, Pipeline.ImageEncoder encoder, float[][] real) {
        List<RgbImage> images = TinyWorld.pixels(pipeline.generate(
                TinyWorld.request(SUBJECT_PROMPT, IMAGES, SAMPLING_STEPS, IMAGES), new SilentListener()));
        return Similarity.between(encoder.embed(images), real).value();
    }
}
