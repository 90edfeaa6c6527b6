package dev.likeness.diffusion.training;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that are not finite in a pass that is computed again.
 *
 * @param parts the terms of the loss that are not finite
 * @param first the first tensor that is not finite; null if all are finite
 */
public record Diagnosis(Set<LossPart> parts, @Nullable NotFinite first) {

    public Diagnosis {
        parts = Set.copyOf(parts);
    }

    /** Whether a tensor or a term of the loss is not finite. */
    public boolean shows() {
        return first != null || !parts.isEmpty();
    }
}
