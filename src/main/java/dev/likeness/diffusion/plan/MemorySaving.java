package dev.likeness.diffusion.plan;

import java.util.Optional;

/** Ways to save memory, in the order in which they are tried: the first ones cost time, the last ones what is learned. */
public enum MemorySaving {
    SINGLE_IMAGES("images are drawn one at a time") {
        @Override
        Optional<MemoryOptions> apply(MemoryOptions before) {
            return before.imagesAtOnce() == 1 ? Optional.empty() : Optional.of(before.withSingleImages());
        }
    },
    GRADIENT_CHECKPOINTING("gradient checkpointing: activations are computed twice instead of kept") {
        @Override
        Optional<MemoryOptions> apply(MemoryOptions before) {
            return before.gradientCheckpointing() ? Optional.empty() : Optional.of(before.withGradientCheckpointing());
        }
    },
    BATCH_OF_ONE("one picture at a time, and as many to a step as before") {
        @Override
        Optional<MemoryOptions> apply(MemoryOptions before) {
            return before.batchSize() == 1 ? Optional.empty() : Optional.of(before.withAccumulation());
        }
    },
    EIGHT_BIT_OPTIMIZER("the optimizer's state is kept in 8 bits") {
        @Override
        Optional<MemoryOptions> apply(MemoryOptions before) {
            return before.optimizer() == OptimizerKind.ADAMW
                    ? Optional.of(before.withOptimizer(OptimizerKind.ADAMW_8BIT))
                    : Optional.empty();
        }
    },
    FROZEN_TEXT("the text encoder does not learn") {
        @Override
        Optional<MemoryOptions> apply(MemoryOptions before) {
            return before.trainTextEncoder() ? Optional.of(before.withFrozenText()) : Optional.empty();
        }
    };

    private final String words;

    MemorySaving(String words) {
        this.words = words;
    }

    /** What it makes of a run; empty if that is so already. */
    abstract Optional<MemoryOptions> apply(MemoryOptions before);

    /** What it means, for people. */
    public String words() {
        return words;
    }
}
