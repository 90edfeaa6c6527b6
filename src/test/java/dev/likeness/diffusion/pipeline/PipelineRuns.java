package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.sampling.SilentListener;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Training runs of the bundled model, and comparisons of their losses and images. */
final class PipelineRuns {

    static final String PROMPT = "a photo of a sks bird";
    static final GenerationListener SILENT = new SilentListener();

    private PipelineRuns() {}

    /** Full fine-tuning of the UNet and the text encoder. */
    static TrainingRequest request(TrainingSettings settings, @Nullable Path resumeFrom) throws IOException {
        return request(new DreamBooth(true), settings, resumeFrom);
    }

    /** Training on six pictures of an owl, with six of a teddy bear for prior preservation. */
    static TrainingRequest request(Method method, TrainingSettings settings, @Nullable Path resumeFrom)
            throws IOException {
        return new TrainingRequest(
                method,
                new TrainingRequest.Subject(TinyWorld.subject("owl"), Prompts.fixed(PROMPT)),
                new TrainingRequest.Prior(TinyWorld.subject("teddy-bear"), "a photo of a bird", 1),
                settings,
                resumeFrom);
    }

    /** The losses of three steps from the base weights. */
    static List<Double> losses(Pipeline pipeline, TinySettings settings) throws IOException {
        TinyWorld.Losses losses = new TinyWorld.Losses();
        pipeline.useBaseWeights();
        pipeline.train(request(settings.steps(3), null), losses);
        return losses.values;
    }

    /** Each loss is within a percentage of the other run's. */
    static void assertClose(List<Double> actual, List<Double> expected, double percent) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), withPercentage(percent));
        }
    }

    /** The largest difference of any channel of any pixel, of 255. */
    static int worst(RgbImage a, RgbImage b) {
        int worst = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            worst = Math.max(worst, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return worst;
    }
}
