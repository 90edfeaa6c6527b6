package dev.likeness.app.worker.task;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.worker.InWorker;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** The artifact store of workers. A read waits while the store is unavailable. {@link DurableWriter} repeats writes. */
@InWorker
@Primary
@Component
class RetryingArtifactStore implements ArtifactStore {

    private final ArtifactStore store;
    private final OutageRetry retry;

    RetryingArtifactStore(@Qualifier("storedFiles") ArtifactStore store, OutageRetry retry) {
        this.store = store;
        this.retry = retry;
    }

    @Override
    public StoredFile put(String mediaType, Writer writer) {
        return store.put(mediaType, writer);
    }

    @Override
    public InputStream open(String sha256) {
        return retry.get(() -> store.open(sha256));
    }

    @Override
    public byte[] bytes(String sha256) {
        return retry.get(() -> store.bytes(sha256));
    }

    @Override
    public Path local(String sha256) {
        return retry.get(() -> store.local(sha256));
    }

    @Override
    public Resource resource(String sha256) {
        return retry.get(() -> store.resource(sha256));
    }

    @Override
    public void release(Collection<String> sha256s) {
        store.release(sha256s);
    }
}
