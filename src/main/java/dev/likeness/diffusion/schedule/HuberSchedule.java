package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Wire;

/**
 * The threshold of Huber's loss at a time (Khrapov et al. 2024, arXiv:2403.16728), with the names and formulas of
 * kohya's scripts. With c = {@code huber_c} it falls from 1 without noise to c, where noise hides the picture.
 */
public enum HuberSchedule implements Wire {
    /** c. */
    CONSTANT {
        @Override
        public double threshold(double c, NoiseProcess process, double time) {
            return c;
        }
    },
    /** c^(t / T). */
    EXPONENTIAL {
        @Override
        public double threshold(double c, NoiseProcess process, double time) {
            return Math.pow(c, process.timestep(time) / process.timesteps());
        }
    },
    /** (1 - c) / (1 + sigma)^2 + c, for the noise level sigma. */
    SNR {
        @Override
        public double threshold(double c, NoiseProcess process, double time) {
            double above = 1 + process.noiseLevel(time);
            return (1 - c) / (above * above) + c;
        }
    };

    /**
     * The threshold, c to 1.
     *
     * @param c above 0 to 1
     * @param time of the process
     */
    public abstract double threshold(double c, NoiseProcess process, double time);
}
