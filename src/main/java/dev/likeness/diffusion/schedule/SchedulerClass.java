package dev.likeness.diffusion.schedule;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scheduler classes of diffusers whose files describe a forward process with betas. All samplers support these. In
 * files of other classes the same fields have other meanings: noise that is scaled up or mixed linearly, distilled
 * networks.
 */
public final class SchedulerClass {

    private static final Set<String> KNOWN = Set.of(
            "DDIMScheduler",
            "DDIMParallelScheduler",
            "DDPMScheduler",
            "DDPMParallelScheduler",
            "DEISMultistepScheduler",
            "DPMSolverMultistepScheduler",
            "DPMSolverSDEScheduler",
            "DPMSolverSinglestepScheduler",
            "EulerAncestralDiscreteScheduler",
            "EulerDiscreteScheduler",
            "HeunDiscreteScheduler",
            "KDPM2AncestralDiscreteScheduler",
            "KDPM2DiscreteScheduler",
            "LMSDiscreteScheduler",
            "PNDMScheduler",
            "SASolverScheduler",
            "UniPCMultistepScheduler");

    private SchedulerClass() {}

    /**
     * Refuses a scheduler of another kind.
     *
     * @param name of a class; null if the file has no class name, which is accepted
     * @throws IllegalArgumentException naming the class
     */
    public static void require(@Nullable String name) {
        if (name != null && !KNOWN.contains(name)) {
            throw new IllegalArgumentException(
                    "_class_name: the scheduler %s is not supported: its noise is of another kind than that of %s"
                            .formatted(
                                    name,
                                    String.join(", ", KNOWN.stream().sorted().toList())));
        }
    }
}
