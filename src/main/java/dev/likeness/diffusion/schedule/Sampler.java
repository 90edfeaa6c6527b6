package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Wire;

/**
 * Samplers, by their names in requests. The name determines the method, and overrides the model's scheduler
 * configuration. All other settings come from that configuration.
 */
public enum Sampler implements Wire {
    /** Song et al. 2020, arXiv:2010.02502. */
    DDIM("DDIM", DdimSolver::new),
    /** Liu et al. 2022, arXiv:2202.09778, in its linear multistep form. */
    PNDM("PNDM", (config, steps, eta) -> new PndmSolver(config, steps)),
    /** Ho et al. 2020, arXiv:2006.11239. */
    DDPM("DDPM", (config, steps, eta) -> new DdpmSolver(config, steps)),
    /** Karras et al. 2022, arXiv:2206.00364, with first order only. */
    EULER("Euler", (config, steps, eta) -> new EulerSolver(config, steps)),
    /** {@link #EULER} with the noise levels of that paper. */
    EULER_KARRAS("Euler, Karras", (config, steps, eta) -> new EulerSolver(config.withKarrasSigmas(), steps)),
    /** {@link #EULER} with fresh noise in each step. */
    EULER_ANCESTRAL("Euler ancestral", (config, steps, eta) -> new EulerAncestralSolver(config, steps)),
    /** DPM-Solver++: Lu et al. 2022, arXiv:2211.01095. */
    DPMPP_2M("DPM-Solver++ 2M", (config, steps, eta) -> new DpmSolver(config, steps, false)),
    /** {@link #DPMPP_2M} with Karras's noise levels. */
    DPMPP_2M_KARRAS(
            "DPM-Solver++ 2M, Karras", (config, steps, eta) -> new DpmSolver(config.withKarrasSigmas(), steps, false)),
    /** {@link #DPMPP_2M_KARRAS} with fresh noise in each step. */
    DPMPP_2M_SDE_KARRAS(
            "DPM-Solver++ 2M SDE, Karras",
            (config, steps, eta) -> new DpmSolver(config.withKarrasSigmas(), steps, true)),
    /** Zhao et al. 2023, arXiv:2302.04867. */
    UNIPC("UniPC", (config, steps, eta) -> new UniPcSolver(config, steps)),
    /** The linear multistep method of k-diffusion. */
    LMS("LMS", (config, steps, eta) -> new LmsSolver(config, steps)),
    /** Karras et al. 2022, arXiv:2206.00364: two network calls per step. */
    HEUN("Heun", (config, steps, eta) -> new HeunSolver(config, steps));

    private final String title;
    private final Maker maker;

    Sampler(String title, Maker maker) {
        this.title = title;
        this.maker = maker;
    }

    /** The sampler's usual name, for tables. */
    public String title() {
        return title;
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
        return Wire.of(Sampler.class, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "sampler %s is not one of %s".formatted(name, String.join(", ", Wire.names(Sampler.class)))));
    }

    @FunctionalInterface
    private interface Maker {
        Solver make(SchedulerConfig config, int steps, double eta);
    }
}
