package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.model.BaseModel.Source;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The base models of this deployment: the bundled ones, and the operator's folders, files and repositories, which win over
 * them.
 */
@Component
public class ModelCatalogue {

    private static final Logger log = LoggerFactory.getLogger(ModelCatalogue.class);

    private final Map<String, ModelFiles> files = new TreeMap<>();
    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<String, BaseModel> models = new ConcurrentHashMap<>();
    private final String defaultModel;
    private final JsonMapper json;

    ModelCatalogue(ModelSettings settings, Hub hub, JsonMapper json) {
        this.json = json;
        Path home = settings.home().resolve("models");
        new BundledModels(home)
                .unpack()
                .forEach((id, folder) -> add(id, Source.BUNDLED, new ModelFolder(id, folder, json)));
        settings.models().forEach((id, location) -> add(id, Source.CONFIGURED, configured(id, location, home, hub)));
        this.defaultModel = settings.defaultModel();
        if (!offers(defaultModel)) {
            throw new UnusableModelException(defaultModel, "it is the default model, but there is no such model");
        }
    }

    private ModelFiles configured(String id, ModelSettings.Location location, Path home, Hub hub) {
        if (location.path() != null) {
            return new ModelFolder(id, location.path(), json);
        }
        if (location.hub() == null) {
            return new SingleFileModel(id, location, home);
        }
        try {
            Repository repository = Repository.model(location.hub(), location.revision(), location.variant());
            return new HubModel(id, repository, hub, json);
        } catch (IllegalArgumentException e) {
            throw new UnusableModelException(id, String.valueOf(e.getMessage()), e);
        }
    }

    private void add(String id, Source source, ModelFiles found) {
        models.remove(id);
        files.put(id, found);
        sources.put(id, source);
        if (found instanceof HubModel remote) {
            remote.fetchInBackground();
        } else {
            models.put(id, describe(id, found));
        }
    }

    private BaseModel describe(String id, ModelFiles found) {
        return new ModelDescription(id, found, json).describe(sources.getOrDefault(id, Source.CONFIGURED));
    }

    /** All that are known, ordered by id. */
    public List<BaseModel> all() {
        return listed().stream().map(Listed::model).flatMap(Optional::stream).toList();
    }

    /** All of them, ordered by id. */
    public List<Listed> listed() {
        return files.keySet().stream()
                .map(id -> new Listed(id, sources.getOrDefault(id, Source.CONFIGURED), state(id), find(id)))
                .toList();
    }

    /**
     * A model, also one of which nothing has been downloaded yet.
     *
     * @param model empty then
     */
    public record Listed(String id, Source source, ModelState state, Optional<BaseModel> model) {}

    private ModelState state(String id) {
        return files.get(id) instanceof HubModel remote ? remote.state() : ModelState.ready();
    }

    /** Whether there is such a model, known or not. */
    public boolean offers(String id) {
        return files.containsKey(id);
    }

    /** Empty if there is no such model, or nothing of it has been downloaded yet. */
    public Optional<BaseModel> find(String id) {
        BaseModel model = models.get(id);
        if (model == null && files.get(id) instanceof HubModel remote) {
            model = describe(id, remote);
        }
        return Optional.ofNullable(model);
    }

    private @Nullable BaseModel describe(String id, HubModel remote) {
        if (!remote.isKnown()) {
            remote.fetchInBackground();
            return null;
        }
        try {
            return models.computeIfAbsent(id, key -> describe(id, (ModelFiles) remote));
        } catch (UnusableModelException e) {
            log.warn("{}", e.getMessage());
            remote.isDamaged("its configuration is incomplete or damaged");
            return null;
        }
    }

    /** Why {@link #find} has found nothing; may be shown to anybody. */
    public String absence(String id) {
        if (!offers(id)) {
            return "there is no model " + id;
        }
        String reason = state(id).reason();
        return reason == null
                ? "the model %s is still being downloaded; try again in a minute".formatted(id)
                : "the model %s is not available: %s".formatted(id, reason);
    }

    /** @throws UnknownModelException if there is none, or nothing of it has been downloaded yet */
    public BaseModel get(String id) {
        return find(id).orElseThrow(() -> new UnknownModelException(id));
    }

    /**
     * A model's folder in the diffusers layout. That of a single file is made, and that of a repository downloaded, when it
     * is first asked for, which may take an hour. Never shown to a client.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     */
    public Optional<Path> folder(String id, DownloadWatch watch) {
        return Optional.ofNullable(files.get(id)).map(found -> found.folder(watch));
    }

    /** A folder with a model's JSON files and vocabularies; weights may be missing. Never shown to a client. */
    public Optional<Path> documents(String id) {
        return Optional.ofNullable(files.get(id)).map(ModelFiles::documents);
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
