package dev.likeness.app.model;

import dev.likeness.app.model.BaseModel.Source;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The base models of this deployment: the bundled ones, and the operator's folders and files, which win over them. */
@Component
public class ModelCatalogue {

    private static final Logger log = LoggerFactory.getLogger(ModelCatalogue.class);

    private final Map<String, BaseModel> models = new TreeMap<>();
    private final Map<String, ModelFiles> files = new TreeMap<>();
    private final String defaultModel;

    ModelCatalogue(ModelSettings settings, JsonMapper json) {
        Path home = settings.home().resolve("models");
        new BundledModels(home)
                .unpack()
                .forEach((id, folder) -> add(id, Source.BUNDLED, new ModelFolder(id, folder, json), json));
        settings.models().forEach((id, location) -> {
            ModelFiles found = location.path() != null
                    ? new ModelFolder(id, location.path(), json)
                    : new SingleFileModel(id, location, home);
            add(id, Source.CONFIGURED, found, json);
        });
        this.defaultModel = settings.defaultModel();
        if (!models.containsKey(defaultModel)) {
            throw new UnusableModelException(defaultModel, "it is the default model, but there is no such model");
        }
    }

    private void add(String id, Source source, ModelFiles found, JsonMapper json) {
        models.put(id, new ModelDescription(id, found, json).describe(source));
        files.put(id, found);
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

    /**
     * A model's folder in the diffusers layout. That of a single file is made when it is first asked for, which may take
     * minutes. Never shown to a client.
     */
    public Optional<Path> folder(String id) {
        return Optional.ofNullable(files.get(id)).map(ModelFiles::folder);
    }

    /**
     * How large a model's networks are, for a memory plan. Reads headers only. Empty if there is no such model, or its
     * weight files are missing or cannot be read.
     */
    public Optional<ModelSize> size(String id) {
        try {
            return Optional.ofNullable(files.get(id)).map(found -> ModelSize.read(found.headers()));
        } catch (InvalidModelException e) {
            log.warn("nobody can tell how large model {} is: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What of a model adapters can change. Reads headers only.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if its weight files are missing or cannot be read
     */
    public Optional<BaseLayers> layers(String id) {
        return Optional.ofNullable(files.get(id)).map(found -> BaseLayers.read(found.headers()));
    }

    /** Id of the model a job gets that names none. */
    public String defaultModel() {
        return defaultModel;
    }
}
