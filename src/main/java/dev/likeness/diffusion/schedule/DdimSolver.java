package dev.likeness.diffusion.schedule;

/** DDIM (Song et al. 2020, arXiv:2010.02502), equations 12 and 16. */
public final class DdimSolver implements Solver {

    private final NoiseSchedule schedule;
    private final int[] timesteps;
    private final int stride;
    private final double finalAlphaCumprod;
    private final double eta;
    private final double clip;

    /**
     * @param steps 1 to T
     * @param eta 0 adds no noise, 1 as much as DDPM
     */
    public DdimSolver(SchedulerConfig config, int steps, double eta) {
        config.fields().require("thresholding", "false");
        this.schedule = NoiseSchedule.of(config);
        this.timesteps = Timesteps.descending(config, steps);
        this.stride = config.trainTimesteps() / steps;
        this.finalAlphaCumprod = Boolean.FALSE.equals(config.setAlphaToOne()) ? schedule.alphaCumprod(0) : 1;
        this.eta = eta;
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
        double before = t - stride >= 0 ? schedule.alphaCumprod(t - stride) : finalAlphaCumprod;
        double now = schedule.alphaCumprod(t);
        double alpha = schedule.alpha(t);
        double sigma = schedule.sigma(t);
        double deviation = eta * Math.sqrt((1 - before) / (1 - now) * (1 - now / before));
        double towards = Math.sqrt(Math.max(0, 1 - before - deviation * deviation));
        Prediction prediction = schedule.prediction();
        float[] mean = Elementwise.of(output, sample, (o, x) -> {
            double x0 = Math.max(-clip, Math.min(clip, prediction.x0(o, x, alpha, sigma)));
            return Math.sqrt(before) * x0 + towards * prediction.epsilon(o, x, alpha, sigma);
        });
        if (eta == 0) {
            return mean;
        }
        return Elementwise.of(mean, noise.draw(index, mean.length), (m, z) -> m + deviation * z);
    }
}
