package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import tools.jackson.databind.node.ObjectNode;

/** Whether a UNet was trained with pure noise at the last timestep. A mark in the checkpoint states that. */
final class TerminalSnr {

    /** An empty tensor. */
    static final String MARK = "ztsnr";

    private static final String RESCALED = "rescale_betas_zero_snr";
    private static final String SPACING = "timestep_spacing";

    private TerminalSnr() {}

    /**
     * For a marked checkpoint, makes the schedule end with pure noise and sampling begin there: Lin et al. 2023,
     * arXiv:2305.08891, sections 3.2 and 3.4.
     *
     * @param isOwn whether the scheduler's file is from the given configuration, which may begin elsewhere, and not
     *     from the family
     * @throws InvalidModelException if the configuration contradicts the mark
     */
    static void describe(SafeTensors checkpoint, ObjectNode scheduler, boolean isOwn) {
        if (!checkpoint.entries().containsKey(MARK) || scheduler.path(RESCALED).asBoolean(false)) {
            return;
        }
        if (scheduler.hasNonNull(RESCALED)) {
            throw new InvalidModelException(
                    "the checkpoint's mark %s says that it was trained with rescaled betas, but the config's scheduler/scheduler_config.json says that %s is false: correct the config"
                            .formatted(MARK, RESCALED));
        }
        scheduler.put(RESCALED, true);
        if (!isOwn || !scheduler.hasNonNull(SPACING)) {
            scheduler.put(SPACING, "trailing");
        }
    }
}
