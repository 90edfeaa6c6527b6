package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Wire;

/**
 * Samplers, by their names in requests. The name determines the method, and overrides the model's scheduler
 * configuration. The {@link NoiseProcess} of a model has the solvers, and takes all other settings from that configuration.
 */
public enum Sampler implements Wire {
    /** Song et al. 2020, arXiv:2010.02502. */
    DDIM("DDIM"),
    /** Liu et al. 2022, arXiv:2202.09778, in its linear multistep form. */
    PNDM("PNDM"),
    /** Ho et al. 2020, arXiv:2006.11239. */
    DDPM("DDPM"),
    /** Karras et al. 2022, arXiv:2206.00364, with first order only. */
    EULER("Euler"),
    /** {@link #EULER} with the noise levels of that paper. */
    EULER_KARRAS("Euler, Karras"),
    /** {@link #EULER} with fresh noise in each step. */
    EULER_ANCESTRAL("Euler ancestral"),
    /** DPM-Solver++: Lu et al. 2022, arXiv:2211.01095. */
    DPMPP_2M("DPM-Solver++ 2M"),
    /** {@link #DPMPP_2M} with Karras's noise levels. */
    DPMPP_2M_KARRAS("DPM-Solver++ 2M, Karras"),
    /** {@link #DPMPP_2M_KARRAS} with fresh noise in each step. */
    DPMPP_2M_SDE_KARRAS("DPM-Solver++ 2M SDE, Karras"),
    /** Zhao et al. 2023, arXiv:2302.04867. */
    UNIPC("UniPC"),
    /** The linear multistep method of k-diffusion. */
    LMS("LMS"),
    /** Karras et al. 2022, arXiv:2206.00364: two network calls per step. */
    HEUN("Heun");

    private final String title;

    Sampler(String title) {
        this.title = title;
    }

    /** The sampler's usual name, for tables. */
    public String title() {
        return title;
    }
}
