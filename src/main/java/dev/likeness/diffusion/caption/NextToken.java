package dev.likeness.diffusion.caption;

import java.util.List;

/** A language model, as a search sees it. */
@FunctionalInterface
interface NextToken {

    /**
     * Scores every token as the one that follows.
     *
     * @param texts token ids, all texts of one length
     * @return for each text a score for each token
     */
    float[][] scores(List<long[]> texts);
}
