package dev.likeness.diffusion.plan;

import java.util.Optional;

/** Ways to save memory, in the order in which they are tried: the first ones cost time, the last ones what is learned. */
public enum Change {
    GRADIENT_CHECKPOINTING {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.gradientCheckpointing() ? Optional.empty() : Optional.of(before.withGradientCheckpointing());
        }
    },
    BATCH_OF_ONE {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.batchSize() == 1 ? Optional.empty() : Optional.of(before.withAccumulation());
        }
    },
    EIGHT_BIT_OPTIMIZER {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.optimizer() == OptimizerKind.ADAMW
                    ? Optional.of(before.withOptimizer(OptimizerKind.ADAMW_8BIT))
                    : Optional.empty();
        }
    },
    FROZEN_TEXT {
        @Override
        Optional<Economy> apply(Economy before) {
            return before.trainTextEncoder() ? Optional.of(before.withFrozenText()) : Optional.empty();
        }
    };

    /** What it makes of a run; empty if that is so already. */
    abstract Optional<Economy> apply(Economy before);
}
