package dev.likeness.diffusion.sampling;

import dev.likeness.diffusion.schedule.DdimSolver;
import dev.likeness.diffusion.schedule.PndmSolver;
import dev.likeness.diffusion.schedule.SchedulerConfig;
import dev.likeness.diffusion.schedule.Solver;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Samplers by the names that requests use. */
public enum Sampler {
    /** Song et al. 2020, arXiv:2010.02502. */
    DDIM {
        @Override
        public Solver solver(SchedulerConfig config, int steps, double eta) {
            return new DdimSolver(config, steps, eta);
        }
    },
    /** Liu et al. 2022, arXiv:2202.09778, in its linear multistep form. */
    PNDM {
        @Override
        public Solver solver(SchedulerConfig config, int steps, double eta) {
            return new PndmSolver(config, steps);
        }
    };

    /**
     * A solver for one image.
     *
     * @param steps as the request counts them; a solver may call the network more often
     * @param eta DDIM's eta; other samplers do not have it
     */
    public abstract Solver solver(SchedulerConfig config, int steps, double eta);

    /**
     * The sampler of a name.
     *
     * @throws IllegalArgumentException listing the names there are
     */
    public static Sampler of(String name) {
        for (Sampler sampler : values()) {
            if (sampler.wireName().equals(name)) {
                return sampler;
            }
        }
        throw new IllegalArgumentException("sampler %s is not one of %s"
                .formatted(name, Arrays.stream(values()).map(Sampler::wireName).collect(Collectors.joining(", "))));
    }

    /** The name in requests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
