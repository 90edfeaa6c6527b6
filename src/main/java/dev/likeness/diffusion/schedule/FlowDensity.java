package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.schedule.RandomDraws.Purpose;

/**
 * The distribution of noise levels in training (Esser et al. 2024, arXiv:2403.03206, section 3.1). A draw u is a place
 * from 0 to 1 in the noise levels of training, which begin with the noisiest.
 */
public sealed interface FlowDensity {

    /** Draws u for one training example. The result depends only on the arguments. */
    double draw(RandomDraws draws, int step, int index);

    /** The same probability for all levels (Liu et al. 2022, arXiv:2209.03003). */
    record Uniform() implements FlowDensity {

        @Override
        public double draw(RandomDraws draws, int step, int index) {
            return draws.uniform(0, Purpose.TIMESTEP, step, index);
        }
    }

    /** u = sigmoid(mean + deviation * n) of a standard normal n: medium levels are more frequent. */
    record LogitNormal(double mean, double deviation) implements FlowDensity {

        @Override
        public double draw(RandomDraws draws, int step, int index) {
            return at(draws.normal(Purpose.TIMESTEP, step, index, 1)[0]);
        }

        double at(double normal) {
            return 1 / (1 + Math.exp(-(mean + deviation * normal)));
        }
    }

    /**
     * Mode sampling with heavy tails: u = 1 - v - scale * (cos^2(pi / 2 * v) - 1 + v) of a uniform v.
     *
     * @param scale -1 to 2 / (pi - 2), where u falls with v
     */
    record Mode(double scale) implements FlowDensity {

        @Override
        public double draw(RandomDraws draws, int step, int index) {
            return at(draws.uniform(0, Purpose.TIMESTEP, step, index));
        }

        double at(double uniform) {
            double cosine = Math.cos(Math.PI / 2 * uniform);
            return 1 - uniform - scale * (cosine * cosine - 1 + uniform);
        }
    }
}
