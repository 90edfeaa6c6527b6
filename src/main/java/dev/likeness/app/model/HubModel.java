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
 * A model that is downloaded. What it says of itself is fetched in the background, at the start and then whenever somebody
 * asks for the model in vain; its weights only when they are needed, by whoever needs them.
 */
final class HubModel implements ModelFiles {

    private static final Logger log = LoggerFactory.getLogger(HubModel.class);

    /** Whoever asks every second is not to make the hub be asked every second. */
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

    /** Whether what it says of itself is here. */
    boolean isKnown() {
        return hub.present(repository).isPresent();
    }

    /** Sees to it that it is known soon. */
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

    /** @param damage what is wrong with a whole download; null for nothing */
    private record Checked(Path folder, @Nullable String damage) {}

    /**
     * Why what has been downloaded cannot be used; null if it can be, or its weights are not here. Files that {@code
     * torch.save} wrote are checked only here: nobody can look into them before. Each process looks once, whichever has
     * downloaded them.
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
            return "its files are not understood (%s)".formatted(e.getClass().getSimpleName());
        }
    }

    ModelState state() {
        Snapshot present = hub.present(repository).orElse(null);
        String commit = present == null ? null : present.commit();
        String reason = present == null ? failure : damage();
        if (reason != null) {
            return new ModelState(Status.FAILED, reason, commit);
        }
        if (present != null && present.isWhole()) {
            return new ModelState(Status.READY, null, commit);
        }
        boolean downloading = fetching.get() || hub.isDownloading(repository);
        return new ModelState(downloading ? Status.DOWNLOADING : Status.REMOTE, null, commit);
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
