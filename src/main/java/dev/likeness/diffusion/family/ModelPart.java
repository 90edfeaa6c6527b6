package dev.likeness.diffusion.family;

import dev.likeness.diffusion.tensor.WeightFiles;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model, one folder in the diffusers layout.
 *
 * @param classes supported classes of diffusers and transformers
 * @param weights names of its weight files; null for a part without weights
 */
public record ModelPart(Set<String> classes, @Nullable WeightFiles weights) {

    public ModelPart {
        classes = Set.copyOf(classes);
    }

    /** A network of diffusers. */
    public static ModelPart ofDiffusers(String type) {
        return new ModelPart(Set.of(type), WeightFiles.DIFFUSERS);
    }

    /** A network of transformers. */
    public static ModelPart ofTransformers(String type) {
        return new ModelPart(Set.of(type), WeightFiles.TRANSFORMERS);
    }

    /** A part without weights: a tokenizer, or a scheduler. */
    public static ModelPart withoutWeights(String... types) {
        return new ModelPart(Set.of(types), null);
    }
}
