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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The base models of this deployment: the bundled ones, and the operator's folders, files and repositories, which win over
 * them. Each is checked when it is first known; one that cannot be used is listed with the reason.
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
            throw new UnusableModelException(defaultModel, "it is the default model, but there is no such model");
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

    /** Whatever is wrong with a model is told where it is listed, and no reason for the service not to start. */
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

    /** Lists a model as one that cannot be used. */
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
                : "its files are not understood (%s)".formatted(e.getClass().getSimpleName());
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
        return sources.keySet().stream()
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
        String failure = failures.get(id);
        if (failure != null) {
            return new ModelState(ModelState.Status.FAILED, failure, null);
        }
        return files.get(id) instanceof HubModel remote ? remote.state() : ModelState.ready();
    }

    /** Whether there is such a model, known or not. */
    public boolean offers(String id) {
        return sources.containsKey(id);
    }

    /** Empty if there is no such model, it cannot be used, or nothing of it has been downloaded yet. */
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

    /** @throws UnknownModelException if there is none, it cannot be used, or nothing of it has been downloaded yet */
    public BaseModel get(String id) {
        return find(id).orElseThrow(
                        () -> offers(id) ? new UnknownModelException(id, absence(id)) : new UnknownModelException(id));
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
     * A model's folder in the diffusers layout. That of a single file is made, and that of a repository downloaded, when it
     * is first asked for, which may take an hour. Never shown to a client.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     * @throws InvalidModelException if it cannot be used
     */
    public Optional<Path> folder(String id, DownloadWatch watch) {
        return usable(id).map(found -> found.folder(watch));
    }

    /** A folder with a model's JSON files and vocabularies; weights may be missing. Never shown to a client. */
    public Optional<Path> documents(String id) {
        return usable(id).map(ModelFiles::documents);
    }

    /**
     * How large a model's networks are, for a memory plan. Reads headers only. Empty if there is no such model, or its
     * weight files are missing or cannot be read.
     */
    public Optional<ModelSize> size(String id) {
        try {
            return usable(id).map(found -> ModelSize.read(found.headers()));
        } catch (InvalidModelException e) {
            log.warn("nobody can tell how large model {} is: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What of a model adapters can change. Reads headers only.
     *
     * @throws InvalidModelException if its weight files are missing or cannot be read
     */
    public Optional<BaseLayers> layers(String id) {
        return usable(id).map(found -> BaseLayers.read(found.headers()));
    }

    /** Id of the model a job gets that names none. */
    public String defaultModel() {
        return defaultModel;
    }
}
