package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.schedule.NoiseSchedule;
import dev.likeness.diffusion.schedule.RandomDraws;
import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import dev.likeness.diffusion.vae.Vae;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DreamBooth's batches: pictures of the subject under the first prompt and, with prior preservation, as many pictures of
 * the plain class under the second, in one batch. L = mse(instance) + lambda * mse(prior) (Ruiz et al. 2022,
 * arXiv:2208.12242, equation 2).
 */
public final class DreamBoothExamples implements Examples {

    private static final int INSTANCE_PROMPT = 0;
    private static final int PRIOR_PROMPT = 1;

    private final Pictures instance;
    private final Pictures prior;
    private final NoiseSchedule schedule;
    private final double scaling;
    private final Settings settings;
    private final RandomDraws draws;

    /**
     * @param batchSize instance pictures in a pass; with prior preservation as many prior pictures again
     * @param passes forward passes to an optimizer step
     * @param priorWeight lambda
     * @param snrGamma min-SNR weighting, or null without
     * @param randomFlip whether pictures of the subject are mirrored at random
     */
    public record Settings(
            int batchSize,
            int passes,
            double priorWeight,
            @Nullable Double snrGamma,
            boolean randomFlip,
            long seed) {}

    /**
     * Pictures, prepared to [3, side, side] in [-1, 1].
     *
     * @param instance of the subject, at least one
     * @param mirrored the same, mirrored; empty without random flips
     * @param prior of the plain class; empty without prior preservation
     */
    public record Sources(List<float[]> instance, List<float[]> mirrored, List<float[]> prior, int side) {}

    /** Pictures of one kind, each with its mirrored twin if there is one. */
    private record Pictures(List<LatentMoments> plain, List<LatentMoments> mirrored) {}

    /** Encodes the pictures. */
    public DreamBoothExamples(NDManager manager, Vae vae, Sources sources, NoiseSchedule schedule, Settings settings) {
        instance = new Pictures(
                LatentMoments.encode(manager, vae, sources.instance(), sources.side()),
                LatentMoments.encode(manager, vae, sources.mirrored(), sources.side()));
        prior = new Pictures(LatentMoments.encode(manager, vae, sources.prior(), sources.side()), List.of());
        this.schedule = schedule;
        this.scaling = vae.config().scaling();
        this.settings = settings;
        this.draws = new RandomDraws(settings.seed());
    }

    @Override
    public List<Example> batch(int step, int pass) {
        int size = settings.batchSize();
        double share = 1.0 / (size * settings.passes());
        List<Example> batch = new ArrayList<>();
        add(batch, new Half(instance, INSTANCE_PROMPT, share), step, pass);
        if (!prior.plain().isEmpty()) {
            add(batch, new Half(prior, PRIOR_PROMPT, share * settings.priorWeight()), step, pass);
        }
        return batch;
    }

    private record Half(Pictures pictures, int prompt, double weight) {}

    private void add(List<Example> batch, Half half, int step, int pass) {
        for (int i = 0; i < settings.batchSize(); i++) {
            // The place in the run's endless row of pictures of this kind, and the index of its random draws.
            long place = ((long) step * settings.passes() + pass) * settings.batchSize() + i;
            int index = (pass * settings.batchSize() + i) * 2 + half.prompt();
            batch.add(example(half, pick(half, place, step, index), step, index));
        }
    }

    /** Every picture comes once before any comes again, in an order that changes from round to round. */
    private LatentMoments pick(Half half, long place, int step, int index) {
        List<LatentMoments> plain = half.pictures().plain();
        int round = (int) (place / plain.size());
        // Odd and even rounds keep the two kinds' orders apart.
        int[] order = draws.permutation(plain.size(), Purpose.SHUFFLE, 2 * round + half.prompt());
        int picture = order[(int) (place % plain.size())];
        List<LatentMoments> mirrored = half.pictures().mirrored();
        boolean flip = !mirrored.isEmpty() && draws.below(2, Purpose.FLIP, step, index) == 1;
        return (flip ? mirrored : plain).get(picture);
    }

    private Example example(Half half, LatentMoments moments, int step, int index) {
        int length = moments.mean().length;
        int timestep = draws.below(schedule.timesteps(), Purpose.TIMESTEP, step, index);
        float[] latent = moments.sample(draws.normal(Purpose.POSTERIOR, step, index, length), scaling);
        float[] noise = draws.normal(Purpose.TRAINING_NOISE, step, index, length);
        Double gamma = settings.snrGamma();
        double weight = gamma == null ? half.weight() : half.weight() * schedule.minSnrWeight(timestep, gamma);
        return new Example(latent, noise, timestep, half.prompt(), weight);
    }
}
