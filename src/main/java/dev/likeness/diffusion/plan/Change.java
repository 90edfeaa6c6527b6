package dev.likeness.diffusion.plan;

import java.util.Optional;

/** Ways to save memory, in the order in which they are tried: the first ones cost time, the last ones what is learned. */
public enum Change {
    SINGLE_IMAGES("images are drawn one at a time") {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.imagesAtOnce() == 1 ? Optional.empty() : Optional.of(before.withSingleImages());
        }
    },
    GRADIENT_CHECKPOINTING("gradient checkpointing: activations are computed twice instead of kept") {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.gradientCheckpointing() ? Optional.empty() : Optional.of(before.withGradientCheckpointing());
        }
    },
    BATCH_OF_ONE("one picture at a time, and as many to a step as before") {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.batchSize() == 1 ? Optional.empty() : Optional.of(before.withAccumulation());
        }
    },
    EIGHT_BIT_OPTIMIZER("the optimizer's state is kept in 8 bits") {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.optimizer() == OptimizerKind.ADAMW
                    ? Optional.of(before.withOptimizer(OptimizerKind.ADAMW_8BIT))
                    : Optional.empty();
        }
    },
    FROZEN_TEXT("the text tower does not learn") {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.trainTextEncoder() ? Optional.of(before.withFrozenText()) : Optional.empty();
        }
    };

    private final String words;

    Change(String words) {
        this.words = words;
    }

    /** What it makes of a run; empty if that is so already. */
    abstract Optional<Economy> apply(Economy before);

    /** What it means, for people. */
    public String words() {
        return words;
    }
}
