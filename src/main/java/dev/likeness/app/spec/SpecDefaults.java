package dev.likeness.app.spec;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.refusal.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings that a request for a job omits. The preset takes precedence over the model's defaults, and these over
 * the built-in ones. If the request names an optimizer, that optimizer's defaults come first, because other settings may be for AdamW.
 */
@Component
public class SpecDefaults {

    /** The defaults' section for single methods. */
    private static final String METHODS = "methods";

    private static final String METHOD = "method";

    /** The built-in defaults' section for single optimizers. */
    private static final String OPTIMIZERS = "optimizers";

    private final SpecFiles files;
    private final ModelCatalogue models;
    private final SpecBinder binder;

    SpecDefaults(SpecFiles files, ModelCatalogue models, SpecBinder binder) {
        this.files = files;
        this.models = models;
        this.binder = binder;
    }

    /**
     * What determines the defaults.
     *
     * @param preset empty if the request names none
     * @param method empty if neither the request nor its preset names one
     * @param optimizer empty if the request names none
     */
    public record Choice(
            BaseModel model, Optional<Preset> preset, Optional<String> method, Optional<String> optimizer) {}

    /** @throws InvalidSpecException if the request's preset or model does not exist */
    public Choice choice(ObjectNode request) {
        Optional<Preset> preset = RequestFields.text(request, "preset").map(this::preset);
        String modelId = RequestFields.text(request, "model")
                .or(() -> preset.map(Preset::model))
                .orElseGet(models::defaultModel);
        BaseModel model = models.find(modelId).orElseThrow(() -> refuse("model", models.absence(modelId)));
        return new Choice(
                model,
                preset,
                RequestFields.text(request, METHOD).or(() -> RequestFields.text(settings(preset), METHOD)),
                RequestFields.text(request, "training", "optimizer"));
    }

    /** @throws InvalidSpecException if the model's own defaults have a field of a wrong type */
    public ObjectNode of(Choice choice) {
        ObjectNode all =
                SpecBinder.overlay(withMethodDefaults(choice.model(), choice.method()), settings(choice.preset()));
        JsonNode optimizers = all.remove(OPTIMIZERS);
        return choice.optimizer()
                .map(name -> optimizers.path(name))
                .filter(JsonNode::isObject)
                .map(own -> SpecBinder.overlay(all, (ObjectNode) own))
                .orElse(all);
    }

    /** The built-in defaults, overridden by the model's, overridden by those of the method. */
    private ObjectNode withMethodDefaults(BaseModel model, Optional<String> method) {
        ObjectNode builtIn = files.defaults();
        ObjectNode own = binder.tree(model.defaults());
        JsonNode builtInMethods = builtIn.remove(METHODS);
        JsonNode ownMethods = own.remove(METHODS);
        ObjectNode merged = SpecBinder.overlay(builtIn, own);
        String name = method.or(() -> RequestFields.text(merged, METHOD)).orElse("");
        for (JsonNode methods : new JsonNode[] {builtInMethods, ownMethods}) {
            if (methods != null && methods.get(name) instanceof ObjectNode defaults) {
                merged.setAll(SpecBinder.overlay(merged, defaults));
            }
        }
        return merged;
    }

    private ObjectNode settings(Optional<Preset> preset) {
        return binder.tree(preset.map(Preset::spec).orElse(Map.of()));
    }

    private Preset preset(String id) {
        Preset preset = files.presets().get(id);
        if (preset == null) {
            throw refuse("preset", "there is no preset %s".formatted(id));
        }
        return preset;
    }

    private static InvalidSpecException refuse(String field, String message) {
        return new InvalidSpecException(List.of(new Violation(List.of(field), message, "unknown")));
    }
}
