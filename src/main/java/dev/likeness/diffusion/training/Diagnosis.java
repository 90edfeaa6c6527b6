package dev.likeness.diffusion.training;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pass shows when it is computed again under a watch.
 *
 * @param parts the terms of the loss that are no finite numbers
 * @param first the first tensor that is not finite; null if all are
 */
public record Diagnosis(Set<LossPart> parts, @Nullable NotFinite first) {

    public Diagnosis {
        parts = Set.copyOf(parts);
    }

    /** Whether anything is not finite. */
    public boolean shows() {
        return first != null || !parts.isEmpty();
    }
}
