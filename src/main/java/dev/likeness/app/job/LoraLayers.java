package dev.likeness.app.job;

import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.LoraSpec;
import dev.likeness.diffusion.adapter.LayerNumbers;
import dev.likeness.diffusion.method.Lora;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Refuses patterns of ranks and alphas that decide no layer of the model. */
@Component
class LoraLayers {

    private final ModelCatalogue models;

    LoraLayers(ModelCatalogue models) {
        this.models = models;
    }

    /** Locations are from the request's root. A model whose size is unknown is not checked. */
    List<Violation> check(JobSpec spec) {
        LoraSpec lora = spec.lora();
        List<Violation> violations = new ArrayList<>();
        if (!spec.trainingMethod().yields().hasAdapter()
                || lora.rankPattern().isEmpty() && lora.alphaPattern().isEmpty()) {
            return violations;
        }
        models.size(spec.model()).ifPresent(size -> {
            List<String> layers = Lora.layers(size, lora.targets(), spec.trainTextEncoder());
            violations.addAll(unused(spec, "rank_pattern", lora.design().ranks().rankPattern(), layers));
            violations.addAll(
                    unused(spec, "alpha_pattern", lora.design().ranks().alphaPattern(), layers));
        });
        return violations;
    }

    private static List<Violation> unused(JobSpec spec, String field, LayerNumbers patterns, List<String> layers) {
        return patterns.unused(layers).stream()
                .map(position -> new Violation(
                        List.of("spec", "lora", field, Integer.toString(position)),
                        patterns.matchesAny(position, layers)
                                ? "has no effect, because patterns before it match all of its layers; put it before them, or omit it"
                                : "matches none of the %d layers with an adapter (targets %s, train_text_encoder %s), which have names like %s; correct or omit it"
                                        .formatted(
                                                layers.size(),
                                                spec.lora().targets().wire(),
                                                spec.trainTextEncoder(),
                                                layers.get(layers.size() / 2)),
                        "value_error"))
                .toList();
    }
}
