package dev.likeness.diffusion.family;

import dev.likeness.diffusion.schedule.FlowSettings;
import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.schedule.SchedulerClass;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A family of models, and all of its differences from other families, known before any weight is read. Implementations
 * need no libtorch, so that models can be checked and memory can be planned without it.
 */
public interface ModelFamily {

    /** Its name, for instance {@code stable-diffusion-1}. */
    String id();

    /** The class of its pipelines in diffusers. Families may share a class. */
    String pipeline();

    /** Whether a model with that pipeline is of this family, and not of another one with the same pipeline. */
    boolean matches(ModelHeaders model);

    /** Its parts by their folders, in order. */
    Map<String, ModelPart> parts();

    /** Settings of the rectified flow that its networks are trained on; null for a process with betas. */
    @Nullable
    FlowSettings flow();

    /**
     * Refuses a scheduler with another kind of noise.
     *
     * @param type its class in diffusers; null if the file names none
     * @throws IllegalArgumentException naming it
     */
    default void requireScheduler(@Nullable String type) {
        if (flow() == null) {
            SchedulerClass.requireBetas(type);
        } else {
            SchedulerClass.requireFlow(type);
        }
    }

    /**
     * The noise of a model's training.
     *
     * @throws InvalidModelException if its scheduler's file is missing or not supported
     */
    default NoiseProcess noise(ModelHeaders model) {
        String file = "scheduler/scheduler_config.json";
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> json = ModelConfig.convert(file, model.document(file), Map.class, Map.of());
            requireScheduler(SchedulerClass.of(json));
            return SchedulerClass.process(json, flow());
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Reads the configuration of a model's networks, and checks that they match.
     *
     * @throws InvalidModelException with the first reason why the model cannot be used
     */
    ModelOutline outline(ModelHeaders model);
}
