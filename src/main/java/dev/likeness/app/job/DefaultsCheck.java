package dev.likeness.app.job;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.spec.EvaluationPrompts;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.Preset;
import dev.likeness.app.spec.PromptList;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.app.spec.SpecFiles;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Checks at startup that all defaults are valid: those of every model, every preset and every prompt list. */
@Component
class DefaultsCheck {

    private static final String WRONG_DEFAULTS = "the spec in its likeness.json, its defaults for jobs, is wrong: ";

    private final JobSpecs specs;
    private final ModelCatalogue models;
    private final SpecBinder binder;

    /**
     * Throws if the built-in defaults or a preset's settings are invalid, because no client can fix these. A model with
     * invalid defaults cannot be used.
     */
    DefaultsCheck(
            JobSpecs specs,
            ModelCatalogue models,
            SpecFiles files,
            EvaluationPrompts evaluationPrompts,
            SpecBinder binder) {
        this.specs = specs;
        this.models = models;
        this.binder = binder;
        models.all().forEach(this::check);
        evaluationPrompts.lists().forEach(this::check);
        files.presets().values().forEach(this::check);
    }

    private void check(BaseModel model) {
        try {
            resolve(Map.of("model", model.id()));
        } catch (InvalidSpecException e) {
            models.refuse(model.id(), WRONG_DEFAULTS + e.getMessage());
        } catch (RuntimeException e) {
            models.refuse(model.id(), WRONG_DEFAULTS + e.getClass().getSimpleName());
        }
    }

    private void check(PromptList list) {
        // Any model is sufficient; the default one may be unusable.
        Optional<BaseModel> any = models.all().stream().findFirst();
        if (any.isEmpty()) {
            return;
        }
        try {
            resolve(Map.of(
                    "model", any.get().id(), "evaluation", Map.of("prompt_list", list.id(), "prompts_per_kind", 0)));
        } catch (InvalidSpecException e) {
            throw new IllegalStateException(
                    "the prompt list %s cannot be used: %s".formatted(list.id(), e.getMessage()), e);
        }
    }

    private void check(Preset preset) {
        if (models.find(preset.model()).isPresent()) {
            resolve(Map.of("preset", preset.id()));
        }
    }

    private void resolve(Map<String, Object> request) {
        // Any identifier is sufficient here, and a suggestion would load every model's tokenizer.
        specs.resolve(binder.tree(request), "", model -> "sks");
    }
}
