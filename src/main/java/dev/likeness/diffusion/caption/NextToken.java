package dev.likeness.diffusion.caption;

import java.util.List;

/** A language model for searches. */
@FunctionalInterface
interface NextToken {

    /**
     * Scores every token as the next one.
     *
     * @param texts token ids, all texts of the same length
     * @return for each text a score for each token
     */
    float[][] scores(List<long[]> texts);
}
