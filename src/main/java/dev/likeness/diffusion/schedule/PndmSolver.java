package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.Nullable;

/**
 * PLMS: PNDM (Liu et al. 2022, arXiv:2202.09778) without its Runge-Kutta start. Instead, it visits the second timestep
 * twice, so a run of n steps makes n + 1 network calls.
 */
public final class PndmSolver implements Solver {

    /** Adams-Bashforth weights of the outputs, newest first, by the number of outputs. */
    private static final double[][] WEIGHTS = {
        {}, {1}, {3 / 2.0, -1 / 2.0}, {23 / 12.0, -16 / 12.0, 5 / 12.0}, {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0}
    };

    private final NoiseSchedule schedule;
    private final int[] timesteps;
    private final int stride;
    private final double finalAlphaCumprod;
    private final History outputs = new History(WEIGHTS.length - 1);
    private float @Nullable [] firstSample;

    /** @param steps 1 to T */
    public PndmSolver(SchedulerConfig config, int steps) {
        config.fields().require("skip_prk_steps", "true");
        this.schedule = NoiseSchedule.of(config).aboveZero();
        this.timesteps = secondTwice(Timesteps.descending(config, steps));
        this.stride = config.trainTimesteps() / steps;
        this.finalAlphaCumprod = Boolean.TRUE.equals(config.setAlphaToOne()) ? 1 : schedule.alphaCumprod(0);
    }

    private static int[] secondTwice(int[] timesteps) {
        if (timesteps.length < 2) {
            return timesteps;
        }
        int[] result = new int[timesteps.length + 1];
        System.arraycopy(timesteps, 0, result, 0, 2);
        System.arraycopy(timesteps, 1, result, 2, timesteps.length - 1);
        return result;
    }

    @Override
    public double[] timesteps() {
        return Timesteps.asDoubles(timesteps);
    }

    @Override
    public double noiseLevel(int index) {
        return schedule.noiseLevel(timesteps[index]);
    }

    @Override
    public double initNoiseSigma() {
        return 1;
    }

    @Override
    public float[] step(int index, float[] output, float[] sample, NoiseSource noise) {
        if (index == 1) {
            return repeatFirst(output);
        }
        outputs.add(output.clone());
        if (index == 0) {
            firstSample = sample.clone();
        }
        int t = timesteps[index];
        return transfer(sample, outputs.weighted(WEIGHTS[outputs.size()]), t, t - stride);
    }

    /** The second call repeats the first step, from the same start, with the mean of both outputs. */
    private float[] repeatFirst(float[] output) {
        float[] start = firstSample;
        if (start == null) {
            throw new IllegalStateException("step 1 before step 0");
        }
        firstSample = null;
        float[] mean = Elementwise.of(output, outputs.get(0), (a, b) -> (a + b) / 2);
        return transfer(start, mean, timesteps[1] + stride, timesteps[1]);
    }

    /** Equation 11 of the paper, from timestep {@code t} to {@code to}. */
    private float[] transfer(float[] sample, float[] output, int t, int to) {
        double now = schedule.alphaCumprod(t);
        double then = to >= 0 ? schedule.alphaCumprod(to) : finalAlphaCumprod;
        double alpha = schedule.alpha(t);
        double sigma = schedule.sigma(t);
        double ofSample = Math.sqrt(then / now);
        double ofEpsilon = (then - now) / (now * Math.sqrt(1 - then) + Math.sqrt(now * (1 - now) * then));
        Prediction prediction = schedule.prediction();
        return Elementwise.of(
                sample, output, (x, o) -> ofSample * x - ofEpsilon * prediction.epsilon(o, x, alpha, sigma));
    }
}
