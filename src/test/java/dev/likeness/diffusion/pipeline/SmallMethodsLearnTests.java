package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Similarity;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.Momentum;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.training.Prompts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods that train few parameters also come closer to the subject, with the bundled model's defaults. */
@Tag("acceptance")
class SmallMethodsLearnTests {

    private static final int IMAGES = 8;

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(
                        new Lora(new LoraSettings(16, 16, 0, LoraTargets.ATTENTION), false),
                        300,
                        2e-3,
                        "sks bird",
                        0.3),
                Arguments.of(new TextualInversion("<sks>", 4, "bird", null), 300, 5e-2, "<sks>", 0.1),
                Arguments.of(
                        new TextualInversion("<sks>", 4, "bird", new Momentum(0.1, MomentumMode.ANCHOR, "bird")),
                        300,
                        0.2,
                        "<sks>",
                        0.05));
    }

    /** @param gain smallest gain in CLIP-I over the untrained model's images of the class */
    @ParameterizedTest
    @MethodSource("methods")
    void knowsTheSubjectBetter(Method method, int steps, double rate, String word, double gain) throws Exception {
        TinyWorld.with(pipeline -> {
            Pipeline.ImageEncoder encoder = pipeline.imageEncoder().orElseThrow();
            List<RgbImage> subject = TinyWorld.subject("owl");
            float[][] real = encoder.embed(subject);
            double before = score(pipeline, encoder, "a photo of a bird", real);

            pipeline.train(
                    new TrainingRequest(
                            method,
                            new TrainingRequest.Subject(subject, Prompts.fixed("a photo of a " + word)),
                            null,
                            TinyWorld.settings().steps(steps).rate(rate),
                            null),
                    new TinyWorld.Losses());
            double after = score(pipeline, encoder, "a photo of a " + word, real);

            System.out.printf("%s: CLIP-I %.3f before, %.3f after%n", method, before, after);
            assertThat(after).isGreaterThan(before + gain);
        });
    }

    private static double score(Pipeline pipeline, Pipeline.ImageEncoder encoder, String prompt, float[][] real) {
        List<RgbImage> images = TinyWorld.pixels(
                pipeline.generate(TinyWorld.request(prompt, IMAGES, 30, IMAGES), new SilentListener()));
        return Similarity.between(encoder.embed(images), real).value();
    }
}
