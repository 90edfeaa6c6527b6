package dev.likeness.app.job;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.AdapterKind;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.Methods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks whether a placeholder can continue from uploaded embeddings. */
@Component
class UploadedEmbeddings {

    private static final List<String> LOCATION = List.of("spec", "textual_inversion", "adapter_id");

    private final Adapters adapters;

    UploadedEmbeddings(Adapters adapters) {
        this.adapters = adapters;
    }

    /** The settings that a job inherits from the embeddings, unless it sets them. */
    Map<String, Object> defaults(UUID id) {
        Adapter adapter = find(id);
        Map<String, Object> defaults = new HashMap<>();
        if (adapter != null && adapter.kind() == AdapterKind.EMBEDDING) {
            defaults.put("vectors", adapter.contents().embeddings().vectors());
            defaults.put("gamma", adapter.contents().momentum().gamma());
            defaults.put("momentum_mode", adapter.contents().momentum().momentumMode());
        }
        return defaults;
    }

    Optional<Violation> check(JobSpec spec) {
        UUID id = spec.textualInversion().adapterId();
        if (id == null) {
            return Optional.empty();
        }
        if (!spec.usesTextualInversion()) {
            String others = Methods.all().stream()
                    .filter(it -> it.yields().hasEmbeddings())
                    .map(MethodType::name)
                    .collect(Collectors.joining(" and "));
            return refuse("is only for %s; omit it with %s".formatted(others, spec.method()));
        }
        Adapter adapter = find(id);
        if (adapter == null) {
            return Optional.of(new Violation(LOCATION, "there is no adapter %s".formatted(id), "unknown"));
        }
        if (adapter.kind() != AdapterKind.EMBEDDING) {
            return refuse("adapter %s is a LoRA, but must contain embeddings".formatted(id));
        }
        if (adapter.contents().embeddings().placeholder() == null) {
            return refuse(
                    "adapter %s has embeddings of several words, but must have embeddings of one word".formatted(id));
        }
        if (!adapter.contents().embeddings().outputTowers().isEmpty()) {
            return refuse(
                    ("adapter %s replaces the output of a text encoder for a token; training can continue only from"
                                    + " input embeddings")
                            .formatted(id));
        }
        return adapter.model().equals(spec.model())
                ? checkVectors(spec, adapter)
                : refuse(
                        "adapter %s was uploaded for the model %s, but this job uses %s; upload the file for that model"
                                .formatted(id, adapter.model(), spec.model()));
    }

    /** With an initializer they are v_star, and have no effect without momentum. */
    private static Optional<Violation> checkVectors(JobSpec spec, Adapter adapter) {
        boolean used = spec.textualInversion().initializer() == null || spec.usesMomentum();
        int needed = Objects.requireNonNull(adapter.contents().embeddings().vectors());
        return used && needed > spec.textualInversion().vectors()
                ? Optional.of(BaseJobs.tooFew(needed, "adapter " + adapter.id()))
                : Optional.empty();
    }

    private @Nullable Adapter find(UUID id) {
        return adapters.hold(List.of(id)).get(id);
    }

    private static Optional<Violation> refuse(String message) {
        return Optional.of(new Violation(LOCATION, message, "value_error"));
    }
}
