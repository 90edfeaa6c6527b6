package dev.likeness.app.model;

import dev.likeness.app.model.BaseModel.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The base models of this deployment: the bundled ones, and the operator's folders, which win over them. */
@Component
public class ModelCatalogue {

    private final Map<String, BaseModel> models = new TreeMap<>();
    private final String defaultModel;

    ModelCatalogue(ModelSettings settings, JsonMapper json) {
        new BundledModels(settings.home().resolve("models"))
                .unpack()
                .forEach((id, folder) -> models.put(id, new ModelFolder(id, folder, json).describe(Source.BUNDLED)));
        settings.models()
                .forEach((id, location) ->
                        models.put(id, new ModelFolder(id, location.path(), json).describe(Source.CONFIGURED)));
        this.defaultModel = settings.defaultModel();
        if (!models.containsKey(defaultModel)) {
            throw new UnusableModelException(defaultModel, "it is the default model, but there is no such model");
        }
    }

    /** All of them, ordered by id. */
    public List<BaseModel> all() {
        return List.copyOf(models.values());
    }

    public Optional<BaseModel> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /** @throws UnknownModelException if there is none */
    public BaseModel get(String id) {
        return find(id).orElseThrow(() -> new UnknownModelException(id));
    }

    /** Id of the model a job gets that names none. */
    public String defaultModel() {
        return defaultModel;
    }
}
