package dev.likeness.diffusion.schedule;

/**
 * What a model family adds to the configuration of its {@link RectifiedFlow}: its file does not state it.
 *
 * @param grid noise levels of a run
 * @param placesPerToken places of the latents that the denoiser reads as one image token: 4 for patches of 2x2
 * @param density of the noise levels in training
 * @param weighting of the loss
 */
public record FlowSettings(FlowGrid grid, int placesPerToken, FlowDensity density, FlowWeighting weighting) {

    /** Those of Stable Diffusion 3 (Esser et al. 2024, arXiv:2403.03206), with the density rf/lognorm(0.00, 1.00). */
    public static final FlowSettings STABLE_DIFFUSION_3 =
            new FlowSettings(FlowGrid.TRAINED, 4, new FlowDensity.LogitNormal(0, 1), FlowWeighting.NONE);

    /** The same settings with another training. */
    public FlowSettings with(FlowDensity another, FlowWeighting weights) {
        return new FlowSettings(grid, placesPerToken, another, weights);
    }
}
