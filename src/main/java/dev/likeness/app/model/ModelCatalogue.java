package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.model.BaseModel.Source;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The base models of this deployment: the bundled ones, and the operator's folders, files and repositories, which have
 * priority. Each is checked when it is first known. An unusable model is listed with the reason.
 */
@Component
public class ModelCatalogue {

    private static final Logger log = LoggerFactory.getLogger(ModelCatalogue.class);

    private final Map<String, ModelFiles> files = new TreeMap<>();
    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, BaseModel> models = new ConcurrentHashMap<>();
    private final String defaultModel;
    private final JsonMapper json;

    ModelCatalogue(ModelSettings settings, Hub hub, JsonMapper json) {
        this.json = json;
        Path home = settings.home().resolve("models");
        new BundledModels(home)
                .unpack()
                .forEach((id, folder) -> add(id, Source.BUNDLED, () -> new ModelFolder(id, folder)));
        settings.models()
                .forEach((id, location) -> add(id, Source.CONFIGURED, () -> configured(id, location, home, hub)));
        this.defaultModel = settings.defaultModel();
        if (!offers(defaultModel)) {
            throw new UnusableModelException(defaultModel, "it is the default model, but it does not exist");
        }
    }

    private static ModelFiles configured(String id, ModelSettings.Location location, Path home, Hub hub) {
        if (location.path() != null) {
            return new ModelFolder(id, location.path());
        }
        if (location.hub() == null) {
            return new SingleFileModel(id, location, home);
        }
        try {
            return new HubModel(id, Repository.model(location.hub(), location.revision(), location.variant()), hub);
        } catch (IllegalArgumentException e) {
            throw new UnusableModelException(id, String.valueOf(e.getMessage()), e);
        }
    }

    /** A fault of a model is shown in the list and never prevents the service from starting. */
    private void add(String id, Source source, Supplier<ModelFiles> make) {
        models.remove(id);
        files.remove(id);
        failures.remove(id);
        sources.put(id, source);
        try {
            ModelFiles found = make.get();
            files.put(id, found);
            if (found instanceof HubModel remote) {
                remote.fetchInBackground();
            } else {
                models.put(id, describe(id, found));
            }
        } catch (RuntimeException e) {
            refuse(id, reason(e));
            log.debug("model {}", id, e);
        }
    }

    /** Lists a model as unusable. */
    public void refuse(String id, String reason) {
        log.warn("model {} cannot be used: {}", id, reason);
        models.remove(id);
        failures.put(id, reason);
    }

    private static String reason(RuntimeException e) {
        if (e instanceof UnusableModelException unusable) {
            return unusable.reason();
        }
        return e instanceof InvalidModelException
                ? String.valueOf(e.getMessage())
                : "its files cannot be read (%s)".formatted(e.getClass().getSimpleName());
    }

    private BaseModel describe(String id, ModelFiles found) {
        return new ModelDescription(id, found, json).describe(sources.getOrDefault(id, Source.CONFIGURED));
    }

    /** All known models, ordered by id. */
    public List<BaseModel> all() {
        return listed().stream().map(Listed::model).flatMap(Optional::stream).toList();
    }

    /** All models, ordered by id. */
    public List<Listed> listed() {
        return sources.keySet().stream()
                .map(id -> new Listed(id, sources.getOrDefault(id, Source.CONFIGURED), state(id), find(id)))
                .toList();
    }

    /**
     * A model, also one without any download yet.
     *
     * @param model empty before the download
     */
    public record Listed(String id, Source source, ModelState state, Optional<BaseModel> model) {}

    private ModelState state(String id) {
        String failure = failures.get(id);
        if (failure != null) {
            return new ModelState(ModelState.Status.FAILED, failure, null, null);
        }
        return files.get(id) instanceof HubModel remote ? remote.state() : ModelState.ready();
    }

    /** Whether the model exists, downloaded or not. */
    public boolean offers(String id) {
        return sources.containsKey(id);
    }

    /** Empty if the model does not exist, cannot be used, or is not downloaded yet. */
    public Optional<BaseModel> find(String id) {
        BaseModel model = models.get(id);
        if (failures.containsKey(id) || !(files.get(id) instanceof HubModel remote)) {
            return Optional.ofNullable(model);
        }
        if (remote.damage() != null) {
            return Optional.empty();
        }
        return Optional.ofNullable(model == null ? describe(id, remote) : model);
    }

    private @Nullable BaseModel describe(String id, HubModel remote) {
        if (!remote.isKnown()) {
            remote.fetchInBackground();
            return null;
        }
        try {
            return models.computeIfAbsent(id, key -> describe(id, (ModelFiles) remote));
        } catch (RuntimeException e) {
            refuse(id, reason(e));
            log.debug("model {}", id, e);
            return null;
        }
    }

    /** The reason of an empty {@link #find}; safe to show to any caller. */
    public String absence(String id) {
        if (!offers(id)) {
            return "there is no model " + id;
        }
        String reason = state(id).reason();
        return reason == null
                ? "the model %s is still being downloaded; try again in a minute".formatted(id)
                : "the model %s is not available: %s".formatted(id, reason);
    }

    /** @throws UnknownModelException if it does not exist, cannot be used, or is not downloaded yet */
    public BaseModel get(String id) {
        return find(id).orElseThrow(
                        () -> offers(id) ? new UnknownModelException(absence(id)) : UnknownModelException.missing(id));
    }

    /** @throws InvalidModelException with the reason, if the model cannot be used */
    private Optional<ModelFiles> usable(String id) {
        String failure = failures.get(id);
        if (failure != null) {
            throw new UnusableModelException(id, failure);
        }
        return Optional.ofNullable(files.get(id));
    }

    /**
     * A model's folder in the diffusers layout. At first use a single file is converted and a repository is downloaded,
     * which may take an hour. The path is never shown to a client.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     * @throws InvalidModelException if it cannot be used
     */
    public Optional<Path> folder(String id, DownloadWatch watch) {
        return usable(id).map(found -> found.folder(watch));
    }

    /**
     * A folder with a model's JSON files and vocabularies; weights may be missing. The path is never shown to a client.
     */
    public Optional<Path> documents(String id) {
        return usable(id).map(ModelFiles::documents);
    }

    /**
     * The sizes of a model's networks, for a memory plan. Reads headers only. Empty if the model does not exist, or if
     * its weight files are missing or unreadable.
     */
    public Optional<ModelSize> size(String id) {
        try {
            return usable(id).map(found -> ModelSize.read(found.headers()));
        } catch (InvalidModelException e) {
            log.warn("the size of model {} is unknown: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The layers of a model that adapters can change. Reads headers only.
     *
     * @throws InvalidModelException if its weight files are missing or cannot be read
     */
    public Optional<BaseLayers> layers(String id) {
        return usable(id).map(found -> ModelFamilies.layers(found.headers()));
    }

    /** Id of the default model of a job. */
    public String defaultModel() {
        return defaultModel;
    }
}
