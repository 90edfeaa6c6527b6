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
     * @param texts of its prompts, for each call of the denoiser
     * @param solver at its start
     * @param draws random numbers for solvers that use them
     */
    public record Image(float[] noise, Texts texts, Solver solver, NoiseSource draws) {

        /**
         * An image whose prompts never change.
         *
         * @param conditional of the prompt, one row
         * @param unconditional of the negative prompt; as long. A denoiser that embeds guidance does not need it
         */
        public Image(
                float[] noise,
                Conditioning conditional,
                @Nullable Conditioning unconditional,
                Solver solver,
                NoiseSource draws) {
            this(noise, fixed(new Text(List.of(new Part(conditional, 1)), unconditional)), solver, draws);
        }

        private static Texts fixed(Text text) {
            return call -> text;
        }
    }

    /** The encoded prompts of an image. */
    public interface Texts {

        /** @param call index into the solver's timesteps */
        Text at(int call);
    }

    /**
     * The encoded prompts in one call of the denoiser. The prediction is uncond + w * sum of weight * (cond - uncond) over the parts
     * (Liu et al. 2022, arXiv:2206.01714, equation 10).
     *
     * @param parts of the prompt, at least one
     * @param unconditional of the negative prompt, as long; null for a denoiser that embeds guidance
     */
    public record Text(List<Part> parts, @Nullable Conditioning unconditional) {

        public Text {
            parts = List.copyOf(parts);
        }

        /** Whether the prediction is that of one prompt. */
        boolean isPlain() {
            return parts.size() == 1 && parts.get(0).weight() == 1;
        }
    }

    /**
     * A part of a prompt.
     *
     * @param conditional one row
     * @param weight can be negative
     */
    public record Part(Conditioning conditional, double weight) {}

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
        int calls = images.get(0).solver().timesteps().length;
        try (NDManager batch = manager.newSubManager()) {
            GuidanceRows rows = null;
            for (int call = 0; call < calls; call++) {
                if (watch.stopRequested()) {
                    throw new StoppedException();
                }
                double scale = guidance.at(images.get(0).solver().noiseLevel(call));
                List<Text> texts = texts(images, call);
                if (rows == null || !rows.isOf(texts, scale == 1)) {
                    if (rows != null) {
                        rows.close();
                    }
                    rows = new GuidanceRows(batch, texts, scale == 1, denoiser.embedsGuidance());
                }
                step(batch, images, samples, shape, new Call(call, scale, rows));
                watch.stepDone();
            }
        }
        return samples;
    }

    private static List<Text> texts(List<Image> images, int call) {
        return images.stream().map(image -> image.texts().at(call)).toList();
    }

    /**
     * A call of the denoiser.
     *
     * @param index into the solver's timesteps
     * @param scale of guidance
     */
    private record Call(int index, double scale, GuidanceRows rows) {}

    private void step(NDManager batch, List<Image> images, List<float[]> samples, Shape shape, Call call) {
        int length = samples.get(0).length;
        List<GuidedPrediction> predictions = texts(images, call.index()).stream()
                .map(text -> new GuidedPrediction(call.scale(), rescale, text.isPlain()))
                .toList();
        for (int group = 0; group < call.rows().groups(); group++) {
            float[] output = predict(batch, images, samples, shape, call, group);
            int from = 0;
            for (GuidanceRows.Row row : call.rows().group(group)) {
                float[] prediction = Arrays.copyOfRange(output, from, from + length);
                from += length;
                if (row.isUnconditional()) {
                    predictions.get(row.image()).start(prediction);
                } else {
                    predictions.get(row.image()).add(prediction, row.weight());
                }
            }
        }
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            float[] predicted = predictions.get(i).result();
            samples.set(i, image.solver().step(call.index(), predicted, samples.get(i), image.draws()));
        }
    }

    private float[] predict(
            NDManager batch, List<Image> images, List<float[]> samples, Shape shape, Call call, int group) {
        List<GuidanceRows.Row> rows = call.rows().group(group);
        try (NDManager scope = batch.newSubManager()) {
            FloatBuffer inputs = FloatBuffer.allocate(rows.size() * samples.get(0).length);
            for (GuidanceRows.Row row : rows) {
                Solver solver = images.get(row.image()).solver();
                inputs.put(solver.scaleInput(call.index(), samples.get(row.image())));
            }
            float[] times = new float[rows.size()];
            Arrays.fill(times, (float) images.get(0).solver().timesteps()[call.index()]);
            NDArray sample = scope.create(inputs.flip(), new Shape(times.length).addAll(shape));
            PictureSizes whole = PictureSizes.whole((int) shape.get(1) * factor, (int) shape.get(2) * factor);
            return denoiser.predict(
                            scope,
                            new Denoiser.Batch(
                                    sample,
                                    scope.create(times),
                                    call.rows().conditioning(group),
                                    Collections.nCopies(times.length, whole),
                                    denoiser.embedsGuidance() ? call.scale() : null))
                    .toFloatArray();
        }
    }
}
