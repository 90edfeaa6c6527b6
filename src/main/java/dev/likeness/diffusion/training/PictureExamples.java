package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDManager;
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
 * further term is the same loss on that face.
 */
public final class PictureExamples implements BatchSource {

    private static final int KINDS = 2;

    private final List<Kind> kinds = new ArrayList<>();
    private final NoiseProcess process;
    private final LatentCodec codec;
    private final Settings settings;
    private final double faceWeight;
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

        /** Seed of every random draw of the run. */
        long seed();
    }

    /**
     * A picture for training.
     *
     * @param views its crops, of which each example uses one at random; at least one
     * @param face the region of a face, resized to [3, side, side] in [-1, 1]; null for none
     */
    public record Picture(List<View> views, float @Nullable [] face) {

        /** A picture with one crop, without flips and without a face. */
        public static Picture plain(float[] values, PictureSizes sizes) {
            return new Picture(List.of(new View(() -> values, null, sizes, null)), null);
        }
    }

    /**
     * A crop as the autoencoder's input.
     *
     * @param values [3, side, side] in [-1, 1]
     * @param mirrored the flipped values; null without random flips
     * @param faceMask the region of the face in the latents, [h, w] in 0 to 1, in place of a picture of the face; null for none
     */
    public record View(
            Supplier<float[]> values,
            @Nullable Supplier<float[]> mirrored,
            PictureSizes sizes,
            float @Nullable [] faceMask) {}

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

    /** A crop whose latents are kept, or computed at their use. */
    private record EncodedView(
            Supplier<LatentMoments> plain,
            @Nullable Supplier<LatentMoments> mirrored,
            PictureSizes sizes,
            float @Nullable [] faceMask) {}

    private record Encoded(
            List<EncodedView> views, @Nullable LatentMoments face) {}

    private record Kind(int number, List<Encoded> pictures, Prompts prompts, double weight) {

        LossPart part() {
            return number == 0 ? LossPart.INSTANCE : LossPart.PRIOR;
        }
    }

    /** Encodes the pictures. */
    public PictureExamples(
            NDManager manager, LatentCodec codec, Sources sources, NoiseProcess noise, Settings settings) {
        this.process = noise;
        this.codec = codec;
        this.settings = settings;
        this.faceWeight = sources.faceWeight();
        this.draws = new RandomDraws(settings.seed());
        Encoder encoder = new Encoder(manager, codec);
        kinds.add(new Kind(0, encoder.all(sources.instance()), sources.instancePrompts(), 1));
        if (!sources.prior().isEmpty()) {
            kinds.add(new Kind(1, encoder.all(sources.prior()), sources.priorPrompts(), sources.priorWeight()));
        }
    }

    private record Encoder(NDManager manager, LatentCodec codec) {

        List<Encoded> all(List<Picture> pictures) {
            return pictures.stream().map(this::encoded).toList();
        }

        /** A single view is encoded once. Several views can be hundreds, few of which are used twice, so they are encoded at their use. */
        private Encoded encoded(Picture picture) {
            boolean keeps = picture.views().size() == 1;
            List<EncodedView> views = picture.views().stream()
                    .map(view -> new EncodedView(
                            moments(view.values(), keeps),
                            view.mirrored() == null ? null : moments(view.mirrored(), keeps),
                            view.sizes(),
                            view.faceMask()))
                    .toList();
            float[] face = picture.face();
            return new Encoded(views, face == null ? null : codec.encode(manager, face));
        }

        private Supplier<LatentMoments> moments(Supplier<float[]> values, boolean keeps) {
            if (!keeps) {
                return () -> codec.encode(manager, values.get());
            }
            LatentMoments kept = codec.encode(manager, values.get());
            return () -> kept;
        }
    }

    @Override
    public List<Example> batch(int step, int pass) {
        List<Example> batch = new ArrayList<>();
        for (Kind kind : kinds) {
            for (int i = 0; i < settings.batchSize(); i++) {
                // Position in the run's sequence of pictures of this kind, and the index of its random numbers.
                long place = ((long) step * settings.gradientAccumulation() + pass) * settings.batchSize() + i;
                int index = (pass * settings.batchSize() + i) * KINDS + kind.number();
                add(batch, kind, pick(kind, place), step, index);
            }
        }
        return batch;
    }

    /** Every picture is used once in a round, in an order that changes from round to round. */
    private int pick(Kind kind, long place) {
        int count = kind.pictures().size();
        int round = (int) (place / count);
        int[] order = draws.permutation(count, Purpose.SHUFFLE, KINDS * round + kind.number());
        return order[(int) (place % count)];
    }

    private void add(List<Example> batch, Kind kind, int number, int step, int index) {
        Encoded picture = kind.pictures().get(number);
        EncodedView view = picture.views().get(draws.below(picture.views().size(), Purpose.CROP, step, index));
        Supplier<LatentMoments> mirrored = view.mirrored();
        boolean flip = mirrored != null && draws.below(2, Purpose.FLIP, step, index) == 1;
        double time = process.drawTime(draws, step, index);
        LatentMoments moments = (flip && mirrored != null ? mirrored : view.plain()).get();
        float[] noise = noise(moments.shape(), step, index);
        String prompt = kind.prompts().prompt(draws, number, step, index);
        double weight = kind.weight()
                / (settings.batchSize() * settings.gradientAccumulation())
                * process.lossWeight(time, settings.minSnrGamma());
        float[] whole = latent(moments, step, index);
        batch.add(new Example(whole, noise, time, prompt, view.sizes(), weight, null, kind.part()));
        double weightOfFace = weight * faceWeight;
        if (picture.face() != null) {
            float[] face = latent(picture.face(), step, index);
            int side = view.sizes().targetHeight();
            PictureSizes sizes = PictureSizes.whole(side, side);
            batch.add(new Example(face, noise, time, prompt, sizes, weightOfFace, null, LossPart.FACE));
        } else if (view.faceMask() != null) {
            float[] mask = flip ? mirror(view.faceMask(), moments.shape()) : view.faceMask();
            batch.add(new Example(whole, noise, time, prompt, view.sizes(), weightOfFace, mask, LossPart.FACE));
        }
    }

    private float[] latent(LatentMoments moments, int step, int index) {
        return codec.draw(moments, draws.normal(Purpose.POSTERIOR, step, index, moments.mean().length));
    }

    private float[] noise(LatentMoments.Size size, int step, int index) {
        float[] noise = draws.normal(Purpose.TRAINING_NOISE, step, index, size.length());
        if (settings.noiseOffset() > 0) {
            float[] offsets = draws.normal(Purpose.NOISE_OFFSET, step, index, size.channels());
            for (int i = 0; i < noise.length; i++) {
                noise[i] += (float) settings.noiseOffset() * offsets[i / size.plane()];
            }
        }
        return noise;
    }

    private static float[] mirror(float[] mask, LatentMoments.Size size) {
        float[] mirrored = new float[mask.length];
        for (int i = 0; i < mask.length; i++) {
            int x = i % size.width();
            mirrored[i] = mask[i - x + size.width() - 1 - x];
        }
        return mirrored;
    }
}
