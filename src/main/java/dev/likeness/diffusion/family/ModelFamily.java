package dev.likeness.diffusion.family;

import dev.likeness.diffusion.schedule.NoiseProcess;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.Map;
import java.util.Set;

/**
 * A family of models: everything in which it differs from others, known before any weight is read. Implementations do
 * without libtorch, so that models are checked and memory is planned where it is not loaded.
 */
public interface ModelFamily {

    /** Its name, for instance {@code stable-diffusion-1}. */
    String id();

    /** The class of its pipelines in diffusers; families may share one. */
    String pipeline();

    /** Whether a model with that pipeline is of this family rather than of another one that shares it. */
    boolean matches(ModelHeaders model);

    /** The folders of its parts, in order, with the classes of diffusers and transformers that are understood there. */
    Map<String, Set<String>> parts();

    /**
     * Refuses a scheduler whose noise is of another kind.
     *
     * @param type its class in diffusers
     * @throws IllegalArgumentException naming it
     */
    void requireScheduler(String type);

    /**
     * The noise that a model was trained with.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if its scheduler's file is missing or not understood
     */
    NoiseProcess noise(ModelHeaders model);

    /**
     * Reads what a model's configuration says of its networks, and checks that they go together.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException with the first reason why it cannot be used
     */
    ModelOutline outline(ModelHeaders model);
}
