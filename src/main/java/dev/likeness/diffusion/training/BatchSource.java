package dev.likeness.diffusion.training;

import java.util.List;

/** The source of a training step's batches. A batch depends only on step and pass, so resuming changes nothing. */
public interface BatchSource {

    /**
     * The batch of one forward pass.
     *
     * @param step 0 for the first
     * @param pass 0 for the first of an optimizer step
     */
    List<Example> batch(int step, int pass);

    /**
     * All prompts that examples can have.
     *
     * @param most a limit
     * @return empty if there can be more
     */
    default List<String> prompts(int most) {
        return List.of();
    }
}
