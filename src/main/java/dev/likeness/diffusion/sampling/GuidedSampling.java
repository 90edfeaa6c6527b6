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
 * (cond - uncond). The scale w can depend on the noise level (Kynkäänniemi et al. 2024, arXiv:2404.07724). Every image has its own solver and noise, so an image does not depend on the other images of its
 * batch.
 */
public final class GuidedSampling {

    private final Denoiser denoiser;
    private final int factor;
    private final Guidance guidance;
    private final double rescale;

    /** Without rescaling. */
    public GuidedSampling(Denoiser denoiser, int factor, Guidance guidance) {
        this(denoiser, factor, guidance, 0);
    }

    /**
     * @param factor pixels to one latent, along a side
     * @param guidance w. Where it is 1, the prediction is the conditional one, and no unconditional half is computed. A
     *     denoiser that embeds w computes none at all
     * @param rescale share of the guided prediction whose standard deviation becomes that of the conditional one, 0 to 1 (Lin et
     *     al. 2023, arXiv:2305.08891, equations 15 and 16)
     */
    public GuidedSampling(Denoiser denoiser, int factor, Guidance guidance, double rescale) {
        this.denoiser = denoiser;
        this.factor = factor;
        this.guidance = guidance;
        this.rescale = rescale;
    }

    /** The scale w of guidance. */
    public interface Guidance {

        /** @param sigma noise level of a call, as {@link Solver#noiseLevel} */
        double at(double sigma);
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
            for (Call call : calls(batch, images)) {
                if (watch.stopRequested()) {
                    throw new StoppedException();
                }
                step(batch, images, samples, shape, call);
                watch.stepDone();
            }
        }
        return samples;
    }

    /**
     * A call of the denoiser.
     *
     * @param index into the solver's timesteps
     * @param scale of guidance
     * @param halves 2 with the unconditional half, which comes first; else 1
     * @param conditioning a row for each image in each half
     */
    private record Call(int index, double scale, int halves, Conditioning conditioning) {}

    private List<Call> calls(NDManager scope, List<Image> images) {
        Solver solver = images.get(0).solver();
        Conditioning conditional = Conditioning.concat(
                scope, images.stream().map(Image::conditional).toList());
        Conditioning both = null;
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < solver.timesteps().length; i++) {
            double scale = guidance.at(solver.noiseLevel(i));
            if (scale == 1 || denoiser.embedsGuidance()) {
                calls.add(new Call(i, scale, 1, conditional));
            } else {
                both = both == null
                        ? Conditioning.concat(scope, List.of(unconditional(scope, images), conditional))
                        : both;
                calls.add(new Call(i, scale, 2, both));
            }
        }
        return calls;
    }

    private static Conditioning unconditional(NDManager scope, List<Image> images) {
        return Conditioning.concat(
                scope,
                images.stream()
                        .map(image -> Objects.requireNonNull(image.unconditional()))
                        .toList());
    }

    private void step(NDManager batch, List<Image> images, List<float[]> samples, Shape shape, Call call) {
        int index = call.index();
        int halves = call.halves();
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
                                    call.conditioning(),
                                    Collections.nCopies(times.length, whole),
                                    denoiser.embedsGuidance() ? call.scale() : null))
                    .toFloatArray();
        }
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            float[] predicted = halves == 1
                    ? Arrays.copyOfRange(output, i * length, (i + 1) * length)
                    : guided(output, call.scale(), i * length, (images.size() + i) * length, length);
            samples.set(i, image.solver().step(index, predicted, samples.get(i), image.draws()));
        }
    }

    private float[] guided(float[] output, double scale, int first, int second, int length) {
        float[] predicted = new float[length];
        for (int i = 0; i < length; i++) {
            float unconditional = output[first + i];
            predicted[i] = unconditional + (float) scale * (output[second + i] - unconditional);
        }
        if (rescale > 0) {
            rescaleInPlace(predicted, deviation(output, second, length));
        }
        return predicted;
    }

    private void rescaleInPlace(float[] predicted, double wanted) {
        double deviation = deviation(predicted, 0, predicted.length);
        if (deviation == 0) {
            return;
        }
        double factor = rescale * (wanted / deviation) + (1 - rescale);
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = (float) (factor * predicted[i]);
        }
    }

    /** The standard deviation of some values, but for a factor that depends on their number. */
    private static double deviation(float[] values, int from, int length) {
        double mean = 0;
        for (int i = from; i < from + length; i++) {
            mean += values[i];
        }
        mean /= length;
        double squares = 0;
        for (int i = from; i < from + length; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares);
    }
}
