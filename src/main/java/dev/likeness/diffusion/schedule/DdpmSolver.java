package dev.likeness.diffusion.schedule;

/** Ancestral sampling of DDPM (Ho et al. 2020, arXiv:2006.11239), equation 7, with the smaller of the two variances. */
public final class DdpmSolver implements Solver {

    private final NoiseSchedule schedule;
    private final int[] timesteps;
    private final double clip;

    /** @param steps 1 to T */
    public DdpmSolver(SchedulerConfig config, int steps) {
        config.fields().require("thresholding", "false");
        config.fields().require("variance_type", "fixed_small");
        this.schedule = NoiseSchedule.of(config);
        this.timesteps = Timesteps.descending(config, steps);
        this.clip = config.clip();
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
        int t = timesteps[index];
        double now = schedule.alphaCumprod(t);
        double before = index + 1 < timesteps.length ? schedule.alphaCumprod(timesteps[index + 1]) : 1;
        double alphaStep = now / before;
        double betaStep = 1 - alphaStep;
        double alpha = schedule.alpha(t);
        double sigma = schedule.sigma(t);
        double ofX0 = Math.sqrt(before) * betaStep / (1 - now);
        double ofX = Math.sqrt(alphaStep) * (1 - before) / (1 - now);
        Prediction prediction = schedule.prediction();
        float[] mean = Elementwise.of(output, sample, (o, x) -> {
            double x0 = Math.max(-clip, Math.min(clip, prediction.x0(o, x, alpha, sigma)));
            return ofX0 * x0 + ofX * x;
        });
        if (t == 0) {
            return mean;
        }
        double deviation = Math.sqrt((1 - before) / (1 - now) * betaStep);
        return Elementwise.of(mean, noise.draw(index, mean.length), (m, z) -> m + deviation * z);
    }
}
