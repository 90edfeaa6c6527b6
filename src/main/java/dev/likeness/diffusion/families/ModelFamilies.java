package dev.likeness.diffusion.families;

import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.family.ModelFamily;
import dev.likeness.diffusion.family.ModelIndex;
import dev.likeness.diffusion.family.stablediffusion.StableDiffusion;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.List;
import java.util.stream.Collectors;

/** The families of models that can be trained and sampled. */
public final class ModelFamilies {

    private static final List<ModelFamily> ALL = List.of(StableDiffusion.V1, StableDiffusion.V2, StableDiffusion.XL);

    private ModelFamilies() {}

    /** All families. */
    public static List<ModelFamily> all() {
        return ALL;
    }

    /**
     * The family of a model.
     *
     * @throws InvalidModelException if no family matches, or a part is not supported
     */
    public static ModelFamily of(ModelHeaders model) {
        ModelIndex index = ModelIndex.read(model);
        List<ModelFamily> candidates = ALL.stream()
                .filter(family -> family.pipeline().equals(index.pipeline()))
                .toList();
        if (candidates.isEmpty()) {
            String known = ALL.stream().map(ModelFamily::pipeline).distinct().collect(Collectors.joining(" and "));
            throw new InvalidModelException(
                    "model_index.json: pipeline %s is not supported, only %s".formatted(index.pipeline(), known));
        }
        index.requireKnownParts(candidates.get(0));
        return candidates.stream()
                .filter(family -> family.matches(model))
                .findFirst()
                .orElseThrow(() -> new InvalidModelException(
                        "model_index.json: the networks of this %s are not supported".formatted(index.pipeline())));
    }

    /**
     * The layers of a model that adapters can change.
     *
     * @throws InvalidModelException as {@link #of}, or if files are missing or cannot be read
     */
    public static BaseLayers layers(ModelHeaders model) {
        return of(model).outline(model).layers(model::shapes);
    }

    /**
     * The family of a model, after a check that all parts are present.
     *
     * @throws InvalidModelException as {@link #of}, or naming the missing part
     */
    public static ModelFamily ofWhole(ModelHeaders model) {
        ModelFamily family = of(model);
        for (String part : family.parts().keySet()) {
            if (!model.has(part)) {
                throw new InvalidModelException("the model's folder has no " + part);
            }
        }
        return family;
    }
}
