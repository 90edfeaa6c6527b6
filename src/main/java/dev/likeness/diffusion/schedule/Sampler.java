package dev.likeness.diffusion.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Samplers, by their names in requests. The name determines the method, and overrides the model's scheduler
 * configuration. All other settings come from that configuration.
 */
public enum Sampler {
    /** Song et al. 2020, arXiv:2010.02502. */
    DDIM(DdimSolver::new),
    /** Liu et al. 2022, arXiv:2202.09778, in its linear multistep form. */
    PNDM((config, steps, eta) -> new PndmSolver(config, steps)),
    /** Ho et al. 2020, arXiv:2006.11239. */
    DDPM((config, steps, eta) -> new DdpmSolver(config, steps)),
    /** Karras et al. 2022, arXiv:2206.00364, with first order only. */
    EULER((config, steps, eta) -> new EulerSolver(config, steps)),
    /** {@link #EULER} with the noise levels of that paper. */
    EULER_KARRAS((config, steps, eta) -> new EulerSolver(config.withKarrasSigmas(), steps)),
    /** {@link #EULER} with fresh noise in each step. */
    EULER_ANCESTRAL((config, steps, eta) -> new EulerAncestralSolver(config, steps)),
    /** DPM-Solver++: Lu et al. 2022, arXiv:2211.01095. */
    DPMPP_2M((config, steps, eta) -> new DpmSolver(config, steps, false)),
    /** {@link #DPMPP_2M} with Karras's noise levels. */
    DPMPP_2M_KARRAS((config, steps, eta) -> new DpmSolver(config.withKarrasSigmas(), steps, false)),
    /** {@link #DPMPP_2M_KARRAS} with fresh noise in each step. */
    DPMPP_2M_SDE_KARRAS((config, steps, eta) -> new DpmSolver(config.withKarrasSigmas(), steps, true)),
    /** Zhao et al. 2023, arXiv:2302.04867. */
    UNIPC((config, steps, eta) -> new UniPcSolver(config, steps)),
    /** The linear multistep method of k-diffusion. */
    LMS((config, steps, eta) -> new LmsSolver(config, steps)),
    /** Karras et al. 2022, arXiv:2206.00364: two network calls per step. */
    HEUN((config, steps, eta) -> new HeunSolver(config, steps));

    private final Maker maker;

    Sampler(Maker maker) {
        this.maker = maker;
    }

    /**
     * A solver for one image.
     *
     * @param steps as in requests; a solver may call the network more often
     * @param eta eta of DDIM; other samplers ignore it
     * @throws IllegalArgumentException if the configuration needs an unsupported feature of this sampler, or has too
     *     few timesteps
     */
    public Solver solver(SchedulerConfig config, int steps, double eta) {
        return maker.make(config, steps, eta);
    }

    /**
     * The sampler with a name.
     *
     * @throws IllegalArgumentException listing the names, if the name is unknown
     */
    public static Sampler of(String name) {
        for (Sampler sampler : values()) {
            if (sampler.wireName().equals(name)) {
                return sampler;
            }
        }
        throw new IllegalArgumentException(
                "sampler %s is not one of %s".formatted(name, String.join(", ", wireNames())));
    }

    /** The name in requests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Sampler::wireName).toList();
    }

    @FunctionalInterface
    private interface Maker {
        Solver make(SchedulerConfig config, int steps, double eta);
    }
}
