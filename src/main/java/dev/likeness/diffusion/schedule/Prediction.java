package dev.likeness.diffusion.schedule;

/**
 * The kind of a network's output. With x_t = alpha * x_0 + sigma * epsilon, alpha = sqrt(alpha-bar) and sigma = sqrt(1
 * - alpha-bar), this class converts between the kinds.
 */
public enum Prediction {
    /** The noise (Ho et al. 2020, arXiv:2006.11239). */
    EPSILON {
        @Override
        double x0(double output, double x, double alpha, double sigma) {
            return (x - sigma * output) / alpha;
        }

        @Override
        double epsilon(double output, double x, double alpha, double sigma) {
            return output;
        }

        @Override
        double target(double x0, double epsilon, double alpha, double sigma) {
            return epsilon;
        }
    },

    /** The velocity v = alpha * epsilon - sigma * x_0 (Salimans and Ho 2022, arXiv:2202.00512). */
    V_PREDICTION {
        @Override
        double x0(double output, double x, double alpha, double sigma) {
            return alpha * x - sigma * output;
        }

        @Override
        double epsilon(double output, double x, double alpha, double sigma) {
            return alpha * output + sigma * x;
        }

        @Override
        double target(double x0, double epsilon, double alpha, double sigma) {
            return alpha * epsilon - sigma * x0;
        }
    },

    /** The clean sample itself. */
    SAMPLE {
        @Override
        double x0(double output, double x, double alpha, double sigma) {
            return output;
        }

        @Override
        double epsilon(double output, double x, double alpha, double sigma) {
            return (x - alpha * output) / sigma;
        }

        @Override
        double target(double x0, double epsilon, double alpha, double sigma) {
            return x0;
        }
    };

    /** The clean sample that corresponds to an output at the noisy sample {@code x}. */
    abstract double x0(double output, double x, double alpha, double sigma);

    /** The noise that corresponds to an output at the noisy sample {@code x}. */
    abstract double epsilon(double output, double x, double alpha, double sigma);

    /** The training target for a clean sample and its noise. */
    abstract double target(double x0, double epsilon, double alpha, double sigma);
}
