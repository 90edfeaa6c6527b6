package dev.likeness.diffusion.schedule;

/** The weight of the squared error of a predicted velocity at a noise level above 0, with its name in diffusers' scripts. */
public enum FlowWeighting {

    /** {@code none}: 1 (Lipman et al. 2022, arXiv:2210.02747). */
    NONE {
        @Override
        double at(double sigma) {
            return 1;
        }
    },

    /** {@code sigma_sqrt}: 1 / sigma^2. */
    SIGMA_SQRT {
        @Override
        double at(double sigma) {
            return 1 / (sigma * sigma);
        }
    },

    /**
     * {@code cosmap}: 2 / (pi * (1 - 2 sigma + 2 sigma^2)), the density of times that gives a rectified flow the
     * log-SNR of the cosine schedule (Esser et al. 2024, arXiv:2403.03206, section 3.1, CosMap).
     */
    COSMAP {
        @Override
        double at(double sigma) {
            return 2 / (Math.PI * (1 - 2 * sigma + 2 * sigma * sigma));
        }
    };

    abstract double at(double sigma);
}
