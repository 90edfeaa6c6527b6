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

        /** Seed of all random numbers of the run. */
        long seed();
    }

    /**
     * An encoded picture.
     *
     * @param views its crops, of which each example uses one at random; at least one
     * @param face the region of a face, resized to the side of a crop; null for none
     */
    public record Picture(List<View> views, @Nullable Supplier<LatentMoments> face) {}

    /**
     * A crop, whose latents are kept, or computed at their use.
     *
     * @param mirrored latents of the flipped crop; null without random flips
     * @param faceMask the region of the face in the latents, [h, w] in 0 to 1, in place of a picture of the face; null for none
     */
    public record View(
            Supplier<LatentMoments> plain,
            @Nullable Supplier<LatentMoments> mirrored,
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

    private record Kind(int number, List<Picture> pictures, Prompts prompts, double weight) {

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
        this.draws = new RandomDraws(settings.seed());
        kinds.add(new Kind(0, sources.instance(), sources.instancePrompts(), 1));
        if (!sources.prior().isEmpty()) {
            kinds.add(new Kind(1, sources.prior(), sources.priorPrompts(), sources.priorWeight()));
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

    /** Every picture is used once in a round, in an order that changes from round to round. */
    private int pick(Kind kind, long place) {
        int count = kind.pictures().size();
        int round = (int) (place / count);
        int[] order = draws.permutation(count, Purpose.SHUFFLE, KINDS * round + kind.number());
        return order[(int) (place % count)];
    }

    private void add(List<Example> batch, Kind kind, int number, int step, int index) {
        Picture picture = kind.pictures().get(number);
        View view = picture.views().get(draws.below(picture.views().size(), Purpose.CROP, step, index));
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
        Supplier<LatentMoments> faceMoments = picture.face();
        if (faceMoments != null) {
            float[] face = latent(faceMoments.get(), step, index);
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
