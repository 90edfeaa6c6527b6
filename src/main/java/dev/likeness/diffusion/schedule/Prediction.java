package dev.likeness.diffusion.schedule;

/**
 * What a network's output is. With x_t = alpha * x_0 + sigma * epsilon, alpha = sqrt(alpha-bar) and sigma =
 * sqrt(1 - alpha-bar), each form is converted to the others here and nowhere else.
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

    /** The clean sample that an output at the noisy sample {@code x} means. */
    abstract double x0(double output, double x, double alpha, double sigma);

    /** The noise that an output at the noisy sample {@code x} means. */
    abstract double epsilon(double output, double x, double alpha, double sigma);

    /** What the network should have put out, given what it was made of. */
    abstract double target(double x0, double epsilon, double alpha, double sigma);
}
