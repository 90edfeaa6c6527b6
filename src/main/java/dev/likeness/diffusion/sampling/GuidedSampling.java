package dev.likeness.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.family.Denoiser;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.schedule.NoiseSource;
import dev.likeness.diffusion.schedule.Solver;
import dev.likeness.diffusion.tensor.StoppedException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sampling of latents with classifier-free guidance (Ho and Salimans 2022, arXiv:2207.12598): epsilon = uncond + w *
 * (cond - uncond). Every image has its own solver and noise, so an image does not depend on the other images of its
 * batch.
 */
public final class GuidedSampling {

    private final Denoiser denoiser;
    private final int factor;
    private final double guidance;

    /**
     * @param factor pixels to one latent, along a side
     * @param guidance w; 1 computes no unconditional half, and neither does a denoiser that embeds w
     */
    public GuidedSampling(Denoiser denoiser, int factor, double guidance) {
        this.denoiser = denoiser;
        this.factor = factor;
        this.guidance = guidance;
    }

    /**
     * One image to sample. All images of a batch have solvers with the same timesteps.
     *
     * @param noise standard normal numbers that sampling starts with, [Z, h, w]
     * @param conditional of the prompt, one row
     * @param unconditional of the negative prompt; as long. A denoiser that embeds guidance does not need it
     * @param solver at its start
     * @param draws random numbers for solvers that use them
     */
    public record Image(
            float[] noise,
            Conditioning conditional,
            @Nullable Conditioning unconditional,
            Solver solver,
            NoiseSource draws) {}

    /** Follows the calls of the denoiser, and can stop before each. */
    public interface Watch {

        /** Called after the batch's call of the denoiser. */
        void stepDone();

        /** Whether sampling stops. */
        boolean stopRequested();
    }

    /**
     * Samples a batch.
     *
     * @param manager parent of the memory of each step
     * @param shape of one image's latents, [Z, h, w]
     * @return for each image its scaled latents
     * @throws StoppedException if the watch stops it
     */
    public List<float[]> run(NDManager manager, List<Image> images, Shape shape, Watch watch) {
        double[] timesteps = images.get(0).solver().timesteps();
        List<float[]> samples = new ArrayList<>();
        for (Image image : images) {
            double sigma = image.solver().initNoiseSigma();
            float[] start = new float[image.noise().length];
            for (int i = 0; i < start.length; i++) {
                start[i] = (float) (image.noise()[i] * sigma);
            }
            samples.add(start);
        }
        try (NDManager batch = manager.newSubManager()) {
            Conditioning conditioning = conditioning(batch, images);
            for (int i = 0; i < timesteps.length; i++) {
                if (watch.stopRequested()) {
                    throw new StoppedException();
                }
                step(batch, images, samples, shape, conditioning, i);
                watch.stepDone();
            }
        }
        return samples;
    }

    private boolean guided() {
        return guidance != 1 && !denoiser.embedsGuidance();
    }

    /** A row for each image: first the unconditional ones, then the conditional ones. Without guidance there are only conditional ones. */
    private Conditioning conditioning(NDManager scope, List<Image> images) {
        List<Conditioning> rows = new ArrayList<>();
        if (guided()) {
            images.forEach(image -> rows.add(Objects.requireNonNull(image.unconditional())));
        }
        images.forEach(image -> rows.add(image.conditional()));
        return Conditioning.concat(scope, rows);
    }

    private void step(
            NDManager batch,
            List<Image> images,
            List<float[]> samples,
            Shape shape,
            Conditioning conditioning,
            int index) {
        int halves = guided() ? 2 : 1;
        int length = samples.get(0).length;
        float[] output;
        try (NDManager scope = batch.newSubManager()) {
            FloatBuffer inputs = FloatBuffer.allocate(halves * images.size() * length);
            for (int half = 0; half < halves; half++) {
                for (int i = 0; i < images.size(); i++) {
                    inputs.put(images.get(i).solver().scaleInput(index, samples.get(i)));
                }
            }
            float[] times = new float[halves * images.size()];
            Arrays.fill(times, (float) images.get(0).solver().timesteps()[index]);
            NDArray sample = scope.create(inputs.flip(), new Shape(times.length).addAll(shape));
            PictureSizes whole = PictureSizes.whole((int) shape.get(1) * factor, (int) shape.get(2) * factor);
            output = denoiser.predict(
                            scope,
                            new Denoiser.Batch(
                                    sample,
                                    scope.create(times),
                                    conditioning,
                                    Collections.nCopies(times.length, whole),
                                    denoiser.embedsGuidance() ? guidance : null))
                    .toFloatArray();
        }
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            float[] predicted = guided(output, i * length, (images.size() + i) * length, length);
            samples.set(i, image.solver().step(index, predicted, samples.get(i), image.draws()));
        }
    }

    private float[] guided(float[] output, int first, int second, int length) {
        if (!guided()) {
            return Arrays.copyOfRange(output, first, first + length);
        }
        float[] predicted = new float[length];
        for (int i = 0; i < length; i++) {
            float unconditional = output[first + i];
            predicted[i] = unconditional + (float) guidance * (output[second + i] - unconditional);
        }
        return predicted;
    }
}
