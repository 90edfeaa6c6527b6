package dev.likeness.diffusion.schedule;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scheduler classes of diffusers, by the noise process that their files describe: one with betas, or a rectified flow.
 * In files of other classes the same fields have other meanings: noise that is scaled up, distilled networks.
 */
public final class SchedulerClass {

    /** The class of a rectified flow. */
    public static final String FLOW = "FlowMatchEulerDiscreteScheduler";

    /** All samplers support these. */
    private static final Set<String> BETAS = Set.of(
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

    /** The class that a file names; null if the file has no class name. */
    public static @Nullable String of(Map<String, ?> json) {
        Object name = json.get("_class_name");
        return name == null ? null : name.toString();
    }

    /**
     * The noise process that a file describes. Without a class name, that is one with betas.
     *
     * @param json the parsed {@code scheduler_config.json}
     * @param flow settings of a rectified flow that files do not state; null to refuse a flow
     * @throws IllegalArgumentException naming the field, if the class or a value is not supported
     */
    public static NoiseProcess process(Map<String, ?> json, @Nullable FlowSettings flow) {
        return flow != null && FLOW.equals(of(json))
                ? new RectifiedFlow(FlowConfig.from(json), flow)
                : new VariancePreserving(SchedulerConfig.from(json));
    }

    /**
     * Refuses a scheduler whose file does not describe a process with betas.
     *
     * @param name of a class; null if the file has no class name, which is accepted
     * @throws IllegalArgumentException naming the class
     */
    public static void requireBetas(@Nullable String name) {
        if (FLOW.equals(name)) {
            throw unsupported(
                    FLOW,
                    "it describes a rectified flow, and this model's network does not predict the velocity of a flow; use the model's own scheduler, one of "
                            + betas());
        }
        if (name != null && !BETAS.contains(name)) {
            throw unsupported(name, "its noise is of another kind than that of " + betas());
        }
    }

    /**
     * Refuses a scheduler whose file does not describe a rectified flow.
     *
     * @param name of a class; null if the file has no class name, which is refused
     * @throws IllegalArgumentException naming the class
     */
    public static void requireFlow(@Nullable String name) {
        if (!FLOW.equals(name)) {
            throw unsupported(name == null ? "without a name" : name, "a rectified flow needs the scheduler " + FLOW);
        }
    }

    private static String betas() {
        return String.join(", ", BETAS.stream().sorted().toList());
    }

    private static IllegalArgumentException unsupported(String name, String why) {
        return new IllegalArgumentException("_class_name: the scheduler %s is not supported: %s".formatted(name, why));
    }
}
