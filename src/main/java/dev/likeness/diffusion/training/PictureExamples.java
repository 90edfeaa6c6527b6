package dev.likeness.diffusion.training;

import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches of pictures of the subject and, with prior preservation, as many class images, in one batch: L =
 * mse(instance) + lambda * mse(prior) (Ruiz et al. 2022, arXiv:2208.12242, equation 2). Where a picture shows a face, a
 * further term is the same loss on that face. A loss mask is a factor of the errors of a picture and of its face, and class
 * images have none.
 */
public final class PictureExamples implements BatchSource {

    private static final int KINDS = 2;

    private final List<Kind> kinds = new ArrayList<>();
    private final NoiseProcess process;
    private final LatentCodec codec;
    private final Settings settings;
    private final double faceWeight;
    private final @Nullable PyramidNoise pyramid;
    private final RandomDraws draws;

    /** The settings that batches and their weights depend on. */
    public interface Settings {

        /** Instance pictures in a forward pass; with prior preservation as many prior images in addition. */
        int batchSize();

        /** Forward passes per optimizer step. */
        int gradientAccumulation();

        /** Gamma of min-SNR weighting (Hang et al. 2023, arXiv:2303.09556); 0 for none. */
        double snrGamma();

        /** {@link #snrGamma} where the loss is weighted, or null. */
        default @Nullable Double minSnrGamma() {
            return snrGamma() == 0 ? null : snrGamma();
        }

        /** Standard deviation of an offset that is added to all noise of a channel; 0 for none. */
        double noiseOffset();

        /** Whether pictures have the sizes of aspect-ratio buckets, so that each batch has pictures of one bucket. */
        default boolean buckets() {
            return false;
        }

        /** Whether debiased estimation weights the loss, with min-SNR weighting in addition to it. */
        boolean debiasedEstimation();

        /** Most iterations of pyramid noise; 0 for none. */
        int multiresNoiseIterations();

        /** Factor of each coarser noise in pyramid noise, 0 to 1. */
        double multiresNoiseDiscount();

        /** Input perturbation: deviation of noise that is added to the noise, but not to the target; 0 for none. */
        double inputPerturbation();

        /** Seed of all random numbers of the run. */
        long seed();
    }

    /**
     * An encoded picture.
     *
     * @param views its crops, of which each example uses one at random; at least one
     * @param face null for none
     */
    public record Picture(List<View> views, @Nullable Face face) {

        PictureSizes sizes() {
            return views.get(0).sizes();
        }
    }

    /**
     * The region of a face, resized to a square.
     *
     * @param side pixels
     * @param lossMask as that of a {@link View}
     */
    public record Face(Supplier<LatentMoments> latents, int side, float @Nullable [] lossMask) {}

    /**
     * A crop, whose latents are kept, or computed at their use.
     *
     * @param mirrored latents of the flipped crop; null without random flips
     * @param faceMask the region of the face in the latents, [h, w] in 0 to 1, in place of a picture of the face; null for none
     * @param lossMask the factor of each latent's error in the loss, [h, w] in 0 to 1; null for 1
     */
    public record View(
            Supplier<LatentMoments> plain,
            @Nullable Supplier<LatentMoments> mirrored,
            PictureSizes sizes,
            float @Nullable [] faceMask,
            float @Nullable [] lossMask) {}

    /**
     * Pictures with their prompts.
     *
     * @param instance pictures of the subject, at least one
     * @param prior class images; empty without prior preservation
     * @param priorWeight lambda
     * @param faceWeight weight of the faces' term
     */
    public record Sources(
            List<Picture> instance,
            Prompts instancePrompts,
            List<Picture> prior,
            Prompts priorPrompts,
            double priorWeight,
            double faceWeight) {}

    private record Kind(int number, List<Picture> pictures, Prompts prompts, double weight, PictureOrder order) {

        List<Integer> batch(long pass, boolean buckets) {
            // Class images have one size.
            return buckets && number == 0
                    ? order.ofOneBucket(
                            pass,
                            pictures.stream().map(it -> bucket(it.sizes())).toList())
                    : order.mixed(pass, pictures.size());
        }

        private static List<Integer> bucket(PictureSizes sizes) {
            return List.of(sizes.targetHeight(), sizes.targetWidth());
        }

        LossPart part() {
            return number == 0 ? LossPart.INSTANCE : LossPart.PRIOR;
        }
    }

    /** @param codec samples latents of the encoded pictures */
    public PictureExamples(LatentCodec codec, Sources sources, NoiseProcess noise, Settings settings) {
        this.process = noise;
        this.codec = codec;
        this.settings = settings;
        this.faceWeight = sources.faceWeight();
        this.pyramid = settings.multiresNoiseIterations() == 0
                ? null
                : new PyramidNoise(settings.multiresNoiseIterations(), settings.multiresNoiseDiscount());
        this.draws = new RandomDraws(settings.seed());
        kinds.add(new Kind(0, sources.instance(), sources.instancePrompts(), 1, order(0)));
        if (!sources.prior().isEmpty()) {
            kinds.add(new Kind(1, sources.prior(), sources.priorPrompts(), sources.priorWeight(), order(1)));
        }
    }

    private PictureOrder order(int kind) {
        return new PictureOrder(draws, kind, KINDS, settings.batchSize());
    }

    @Override
    public List<Example> batch(int step, int pass) {
        List<Example> batch = new ArrayList<>();
        for (Kind kind : kinds) {
            List<Integer> pictures =
                    kind.batch((long) step * settings.gradientAccumulation() + pass, settings.buckets());
            for (int i = 0; i < pictures.size(); i++) {
                // The index of the picture's random numbers.
                int index = (pass * settings.batchSize() + i) * KINDS + kind.number();
                add(batch, kind, new Place(pictures.get(i), pictures.size(), step, index));
            }
        }
        return batch;
    }

    /**
     * @param picture its number
     * @param count pictures of its kind in the pass
     * @param index of its random numbers
     */
    private record Place(int picture, int count, int step, int index) {}

    @Override
    public List<String> prompts(int most) {
        List<String> all = new ArrayList<>();
        for (Kind kind : kinds) {
            List<String> some = kind.prompts().all(most);
            if (some.isEmpty()) {
                return some;
            }
            all.addAll(some);
        }
        return all.size() > most ? List.of() : all;
    }

    private void add(List<Example> batch, Kind kind, Place place) {
        int step = place.step();
        int index = place.index();
        Picture picture = kind.pictures().get(place.picture());
        View view = picture.views().get(draws.below(picture.views().size(), Purpose.CROP, step, index));
        Supplier<LatentMoments> mirrored = view.mirrored();
        boolean flip = mirrored != null && draws.below(2, Purpose.FLIP, step, index) == 1;
        double time = process.drawTime(draws, step, index);
        LatentMoments moments = (flip && mirrored != null ? mirrored : view.plain()).get();
        LatentMoments.Size size = moments.shape();
        Example.Noise noise = noise(size, step, index);
        String prompt = kind.prompts().prompt(draws, place.picture(), step, index);
        double weight = kind.weight()
                / (place.count() * settings.gradientAccumulation())
                * process.lossWeight(time, settings.minSnrGamma())
                * (settings.debiasedEstimation() ? process.debiasedWeight(time) : 1);
        float[] whole = latent(moments, step, index);
        float[] lossMask = flip ? mirror(view.lossMask(), size) : view.lossMask();
        Example plain = new Example(whole, noise, time, prompt, view.sizes(), weight, null, kind.part());
        batch.add(lossMask == null ? plain : plain.masked(null, lossMask));
        double weightOfFace = weight * faceWeight;
        Face face = picture.face();
        float[] faceMask = flip ? mirror(view.faceMask(), size) : view.faceMask();
        if (face != null) {
            LatentMoments faceMoments = face.latents().get();
            // A face is a square, whose latents can have another shape than those of the picture.
            Example.Noise faceNoise =
                    faceMoments.shape().equals(size) ? noise : noise(faceMoments.shape(), step, index);
            PictureSizes sizes = PictureSizes.whole(face.side(), face.side());
            Example example = new Example(
                    latent(faceMoments, step, index),
                    faceNoise,
                    time,
                    prompt,
                    sizes,
                    weightOfFace,
                    null,
                    LossPart.FACE);
            batch.add(face.lossMask() == null ? example : example.masked(null, face.lossMask()));
        } else if (faceMask != null) {
            Example example =
                    new Example(whole, noise, time, prompt, view.sizes(), weightOfFace, faceMask, LossPart.FACE);
            batch.add(lossMask == null ? example : example.masked(faceMask, lossMask));
        }
    }

    private float[] latent(LatentMoments moments, int step, int index) {
        return codec.draw(moments, draws.normal(Purpose.POSTERIOR, step, index, moments.mean().length));
    }

    private Example.Noise noise(LatentMoments.Size size, int step, int index) {
        float[] predicted = unperturbed(size, step, index);
        if (settings.inputPerturbation() == 0) {
            return new Example.Noise(predicted);
        }
        float[] added = draws.normal(Purpose.INPUT_PERTURBATION, step, index, size.length());
        for (int i = 0; i < added.length; i++) {
            added[i] = (float) (predicted[i] + settings.inputPerturbation() * added[i]);
        }
        return new Example.Noise(added, predicted);
    }

    private float[] unperturbed(LatentMoments.Size size, int step, int index) {
        float[] noise = draws.normal(Purpose.TRAINING_NOISE, step, index, size.length());
        if (settings.noiseOffset() > 0) {
            float[] offsets = draws.normal(Purpose.NOISE_OFFSET, step, index, size.channels());
            for (int i = 0; i < noise.length; i++) {
                noise[i] += (float) settings.noiseOffset() * offsets[i / size.plane()];
            }
        }
        return pyramid == null
                ? noise
                : pyramid.of(noise, size, new PyramidNoise.Draws() {
                    @Override
                    public double uniform(int iteration) {
                        return draws.uniform(iteration, Purpose.PYRAMID_RATIO, step, index);
                    }

                    @Override
                    public float[] normal(int length) {
                        return draws.normal(Purpose.PYRAMID_NOISE, step, index, length);
                    }
                });
    }

    private static float @Nullable [] mirror(float @Nullable [] mask, LatentMoments.Size size) {
        if (mask == null) {
            return null;
        }
        float[] mirrored = new float[mask.length];
        for (int i = 0; i < mask.length; i++) {
            int x = i % size.width();
            mirrored[i] = mask[i - x + size.width() - 1 - x];
        }
        return mirrored;
    }
}
