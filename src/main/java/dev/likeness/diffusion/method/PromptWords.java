package dev.likeness.diffusion.method;

import org.jspecify.annotations.Nullable;

/**
 * The words of a job's prompts.
 *
 * @param placeholderToken stands for the subject
 * @param classWord the subject's class, for instance {@code dog}
 * @param uploaded placeholder token of uploaded embeddings; null without an upload
 * @param base stands for the subject of the base job; null without a base job
 * @param continuesMomentum whether this job continues the momentum of the base job
 */
public record PromptWords(
        String placeholderToken,
        String classWord,
        @Nullable String uploaded,
        @Nullable String base,
        boolean continuesMomentum) {

    /** The word whose rows new ones start from where the settings name none: uploaded embeddings, v_train of the base job, or the class word. */
    String start() {
        if (uploaded != null) {
            return uploaded;
        }
        return base != null && continuesMomentum ? base : classWord;
    }

    /**
     * The word whose rows v_star is: uploaded embeddings, the base job's word, the initializer, or the class word.
     *
     * @param initializer of the settings; null for none
     */
    String anchor(@Nullable String initializer) {
        if (uploaded != null) {
            return uploaded;
        }
        if (base != null) {
            return base;
        }
        return initializer == null || initializer.startsWith("<") ? classWord : initializer;
    }
}
