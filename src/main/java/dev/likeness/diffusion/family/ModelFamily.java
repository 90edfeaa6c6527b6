package dev.likeness.diffusion.family;

import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.Map;

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

    /**
     * Refuses a scheduler with another kind of noise.
     *
     * @param type its class in diffusers
     * @throws IllegalArgumentException naming it
     */
    void requireScheduler(String type);

    /**
     * The noise of a model's training.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if its scheduler's file is missing or not supported
     */
    NoiseProcess noise(ModelHeaders model);

    /**
     * Reads the configuration of a model's networks, and checks that they match.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException with the first reason why the model cannot be used
     */
    ModelOutline outline(ModelHeaders model);
}
