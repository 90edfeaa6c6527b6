package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import tools.jackson.databind.node.ObjectNode;

/** Whether a UNet was trained with nothing but noise at the last timestep, of which a mark in the checkpoint tells. */
final class TerminalSnr {

    /** An empty tensor. */
    static final String MARK = "ztsnr";

    private static final String RESCALED = "rescale_betas_zero_snr";
    private static final String SPACING = "timestep_spacing";

    private TerminalSnr() {}

    /**
     * Has the schedule end with nothing but noise if the checkpoint is marked, and a run begin there: Lin et al. 2023,
     * arXiv:2305.08891, sections 3.2 and 3.4.
     *
     * @param isOwn whether the scheduler's file is the given config's, which may begin elsewhere, not the family's
     * @throws InvalidModelException if the configuration says that it does not end so
     */
    static void describe(SafeTensors checkpoint, ObjectNode scheduler, boolean isOwn) {
        if (!checkpoint.entries().containsKey(MARK) || scheduler.path(RESCALED).asBoolean(false)) {
            return;
        }
        if (scheduler.hasNonNull(RESCALED)) {
            throw new InvalidModelException(
                    "the checkpoint's mark %s says that it was trained with rescaled betas, the config's scheduler/scheduler_config.json that %s is false: correct the config"
                            .formatted(MARK, RESCALED));
        }
        scheduler.put(RESCALED, true);
        if (!isOwn || !scheduler.hasNonNull(SPACING)) {
            scheduler.put(SPACING, "trailing");
        }
    }
}
