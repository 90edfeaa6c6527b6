package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.HubException;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.hub.Snapshot;
import dev.likeness.app.model.ModelState.Status;
import dev.likeness.diffusion.inspection.ModelCheck;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A model from the hub. Its configuration is downloaded in the background, at start and then whenever the model is
 * requested and missing. Its weights are downloaded when a process needs them, by that process.
 */
final class HubModel implements ModelFiles {

    private static final Logger log = LoggerFactory.getLogger(HubModel.class);

    /** Limits the calls to the hub, however often the model is requested. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);

    private final String id;
    private final Repository repository;
    private final Hub hub;
    private final AtomicBoolean fetching = new AtomicBoolean();
    private volatile @Nullable String failure;
    private volatile @Nullable Checked checked;
    private volatile Instant failedAt = Instant.MIN;

    HubModel(String id, Repository repository, Hub hub) {
        this.id = id;
        this.repository = repository;
        this.hub = hub;
    }

    /** Whether its configuration is downloaded. */
    boolean isKnown() {
        return hub.present(repository).isPresent();
    }

    /** Starts the download of its configuration, if necessary. */
    void fetchInBackground() {
        boolean tooSoon = failure != null && Instant.now().isBefore(failedAt.plus(BETWEEN_ATTEMPTS));
        if (!isKnown() && !tooSoon && fetching.compareAndSet(false, true)) {
            Thread thread = new Thread(this::fetch, "hub-" + id);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void fetch() {
        try {
            hub.outline(repository, DownloadWatch.NONE);
            failure = null;
        } catch (HubException e) {
            log.warn("model {} is not available: {}", id, e.reason());
            failedAt = Instant.now();
            failure = e.reason();
        } finally {
            fetching.set(false);
        }
    }

    /** @param damage the fault of a complete download; null without a fault */
    private record Checked(Path folder, @Nullable String damage) {}

    /**
     * The reason why a download cannot be used; null if it can be used, or if its weights are missing. Files of
     * {@code torch.save} are checked only here, because they cannot be read before their download is complete. Each
     * process checks once, whichever process has downloaded them.
     */
    @Nullable
    String damage() {
        Snapshot present = hub.present(repository).orElse(null);
        return present != null && present.isWhole() ? damage(present.folder()) : null;
    }

    private @Nullable String damage(Path folder) {
        Checked last = checked;
        if (last == null || !last.folder.equals(folder)) {
            last = new Checked(folder, check(folder));
            checked = last;
        }
        return last.damage;
    }

    private static @Nullable String check(Path folder) {
        try {
            ModelCheck.check(ModelHeaders.of(folder));
            return null;
        } catch (InvalidModelException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            return "its files cannot be read (%s)".formatted(e.getClass().getSimpleName());
        }
    }

    ModelState state() {
        Snapshot present = hub.present(repository).orElse(null);
        String commit = present == null ? null : present.commit();
        String reason = present == null ? failure : damage();
        if (reason != null) {
            return new ModelState(Status.FAILED, reason, commit, null);
        }
        if (present != null && present.isWhole()) {
            return new ModelState(Status.READY, null, commit, null);
        }
        boolean downloading = fetching.get() || hub.isDownloading(repository);
        return new ModelState(
                downloading ? Status.DOWNLOADING : Status.REMOTE,
                null,
                commit,
                hub.progress(repository).orElse(null));
    }

    @Override
    public boolean has(String path) {
        return isKnown() && here().has(path);
    }

    @Override
    public JsonNode json(String path) {
        return here().json(path);
    }

    @Override
    public ModelHeaders headers() {
        Snapshot present = hub.present(repository)
                .orElseThrow(() -> new InvalidModelException("model %s has not been downloaded yet".formatted(id)));
        return present.isWhole() ? ModelHeaders.of(present.folder()) : new OutlineHeaders(present.folder());
    }

    private ModelFolder here() {
        return new ModelFolder(id, documents());
    }

    @Override
    public Path documents() {
        return hub.outline(repository, DownloadWatch.NONE).folder();
    }

    @Override
    public Path folder(DownloadWatch watch) {
        Path folder = hub.whole(repository, watch).folder();
        String damage = damage(folder);
        if (damage != null) {
            throw new UnusableModelException(id, damage);
        }
        return folder;
    }
}
