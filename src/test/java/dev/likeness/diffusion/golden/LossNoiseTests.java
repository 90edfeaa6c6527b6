package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.pipeline.TinySettings;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.training.Example;
import dev.likeness.diffusion.training.PictureExamples;
import dev.likeness.diffusion.training.Prompts;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The noise and weights of batches with two pictures and two class images of half the weight. */
class LossNoiseTests {

    private static final int STEP = 3;
    private static final double LAMBDA = 0.5;

    @Test
    void perturbsTheInputAndNotTheTarget() throws Exception {
        List<Example> plain = batch(new TinySettings().batch(2, 1));
        List<Example> perturbed = batch(new Changed(true, false, false).batch(2, 1));

        for (int i = 0; i < plain.size(); i++) {
            Example.Noise noise = perturbed.get(i).noise();
            assertThat(noise.predicted()).isEqualTo(plain.get(i).noise().predicted());
            float[] further = noise.added().clone();
            for (int k = 0; k < further.length; k++) {
                further[k] -= noise.predicted()[k];
            }
            assertThat(deviation(further)).isCloseTo(0.1, offset(0.01));
        }
        assertThat(perturbed.stream().map(it -> it.noise().added()[0])).doesNotHaveDuplicates();
    }

    /** One that depended on the batch would change with its size. */
    @Test
    void addsCoarserNoiseToEachPictureByItself() throws Exception {
        List<Example> plain = batch(new TinySettings().batch(2, 1));
        List<Example> pyramid = batch(new Changed(false, true, false).batch(2, 1));
        List<Example> alone = batch(new Changed(false, true, false).batch(1, 1));

        for (int i = 0; i < plain.size(); i++) {
            Example.Noise noise = pyramid.get(i).noise();
            assertThat(deviation(noise.predicted())).isCloseTo(1, offset(1e-5));
            assertThat(noise.predicted()).isNotEqualTo(plain.get(i).noise().predicted());
            assertThat(noise.added()).isSameAs(noise.predicted());
        }
        assertThat(alone.get(0).noise().predicted())
                .isEqualTo(pyramid.get(0).noise().predicted());
    }

    @Test
    void weighsPicturesAndClassImages() throws Exception {
        List<Example> plain = batch(new TinySettings().batch(2, 1));
        List<Example> debiased = batch(new Changed(false, false, true).batch(2, 1));
        for (int i = 0; i < plain.size(); i++) {
            int at = i;
            double weight =
                    on(model -> model.noise().debiasedWeight(plain.get(at).time()));
            assertThat(plain.get(i).weight()).isEqualTo(i < 2 ? 0.5 : LAMBDA / 2);
            assertThat(debiased.get(i).weight()).isEqualTo(plain.get(i).weight() * weight);
        }
    }

    private static double deviation(float[] values) {
        double mean = 0;
        for (float value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    private static List<Example> batch(TinySettings settings) throws Exception {
        LatentMoments moments = new LatentMoments(new float[1024], new float[1024], new LatentMoments.Size(4, 16, 16));
        PictureExamples.View view =
                new PictureExamples.View(() -> moments, null, PictureSizes.whole(64, 64), null, null);
        List<PictureExamples.Picture> pictures = List.of(
                new PictureExamples.Picture(List.of(view), null), new PictureExamples.Picture(List.of(view), null));
        PictureExamples.Sources sources = new PictureExamples.Sources(
                pictures, Prompts.fixed("a dog"), pictures, Prompts.fixed("a cat"), LAMBDA, 0);
        return on(model -> new PictureExamples(model.codec(), sources, model.noise(), settings).batch(STEP, 0));
    }

    private static <T> T on(Function<GoldenModel, T> use) throws Exception {
        GoldenCase golden = GoldenCases.find("tiny-sd1", "dreambooth");
        return EngineTestThread.call(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch");
                    GoldenModel model = GoldenModel.forTraining(golden, manager, List.of())) {
                return use.apply(model);
            }
        });
    }

    private static final class Changed extends TinySettings {

        private final boolean perturbed;
        private final boolean pyramid;
        private final boolean debiased;

        Changed(boolean perturbed, boolean pyramid, boolean debiased) {
            this.perturbed = perturbed;
            this.pyramid = pyramid;
            this.debiased = debiased;
        }

        @Override
        public double inputPerturbation() {
            return perturbed ? 0.1 : 0;
        }

        @Override
        public int multiresNoiseIterations() {
            return pyramid ? 6 : 0;
        }

        @Override
        public boolean debiasedEstimation() {
            return debiased;
        }
    }
}
