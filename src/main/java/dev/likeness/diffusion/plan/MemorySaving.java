package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.wire.Wire;
import java.util.Optional;

/** Ways to save memory, in the order in which they are tried. The first ones cost time, the last ones change the result. */
public enum MemorySaving implements Wire {
    SINGLE_IMAGES("images are generated one at a time") {
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
    BATCH_OF_ONE("one picture per pass, and as many pictures per step") {
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
    FROZEN_TEXT("the text encoder is not trained") {
        @Override
        Optional<MemoryOptions> apply(MemoryOptions before) {
            return before.trainTextEncoder() ? Optional.of(before.withFrozenText()) : Optional.empty();
        }
    };

    private final String words;

    MemorySaving(String words) {
        this.words = words;
    }

    /** The options with this saving; empty if they have it. */
    abstract Optional<MemoryOptions> apply(MemoryOptions before);

    /** Its description, as text. */
    public String words() {
        return words;
    }
}
