package dev.likeness.app.artifact;

import dev.likeness.app.artifact.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of objects named by their content. A file is written locally first, so that its name is known before the
 * first byte is sent. The local file remains as a copy.
 */
final class HashBucket implements Contents {

    /**
     * Smaller files are copied before they are served: they are read often, and damage is detected before the first
     * byte.
     */
    private static final DataSize SMALL = DataSize.ofMegabytes(8);

    private final S3Client s3;
    private final S3Settings settings;
    private final LocalCache cache;
    private final ObjectUpload upload;

    HashBucket(ObjectStore store, LocalCache cache) {
        this.s3 = store.client();
        this.settings = store.settings();
        this.cache = cache;
        this.upload = new ObjectUpload(s3, settings);
    }

    @Override
    public StoredFile write(String mediaType, ArtifactStore.Writer writer) {
        try (Draft draft = cache.draft(mediaType, writer)) {
            upload.send(draft);
            cache.keep(draft);
            return draft.file();
        } catch (IOException | SdkException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "the object store did not accept a file", e);
        }
    }

    @Override
    public InputStream open(String sha256) {
        ObjectStream stream = stream(sha256);
        stream.open();
        return stream;
    }

    @Override
    public byte[] bytes(String sha256) {
        return copied(sha256, cache::bytes);
    }

    @Override
    public Path local(String sha256) {
        return copied(sha256, cache::local);
    }

    @Override
    public Resource resource(String sha256) {
        long size = head(sha256).orElseThrow(() -> missing(sha256, null)).contentLength();
        return size <= SMALL.toBytes()
                ? new FileSystemResource(local(sha256))
                : new ObjectResource(sha256, size, () -> stream(sha256));
    }

    private <T> T copied(String sha256, Function<String, T> reading) {
        try {
            return reading.apply(sha256);
        } catch (StorageException e) {
            // There is no copy, or it is damaged.
            copy(sha256);
            return reading.apply(sha256);
        }
    }

    private void copy(String sha256) {
        try (Draft draft = cache.draft("", out -> {
            try (InputStream in = open(sha256)) {
                in.transferTo(out);
            } catch (VerifyingInputStream.MismatchException e) {
                throw new StorageException(Reason.CORRUPT, "file %s is damaged".formatted(sha256), e);
            } catch (IOException e) {
                throw new StorageException(Reason.NOT_READ, "file %s cannot be copied".formatted(sha256), e);
            }
        })) {
            cache.keep(draft);
        }
    }

    private ObjectStream stream(String sha256) {
        return new ObjectStream(sha256, position -> get(sha256, position));
    }

    private ResponseInputStream<GetObjectResponse> get(String sha256, long position) {
        try {
            return s3.getObject(it -> it.bucket(settings.bucket())
                    .key(settings.key(sha256))
                    .range(position == 0 ? null : "bytes=%d-".formatted(position)));
        } catch (NoSuchKeyException e) {
            throw missing(sha256, e);
        } catch (SdkException e) {
            throw notRead(sha256, e);
        }
    }

    @Override
    public boolean contains(String sha256) {
        return head(sha256).isPresent();
    }

    @Override
    public boolean isWrittenSince(String sha256, Instant instant) {
        return head(sha256).filter(it -> it.lastModified().isAfter(instant)).isPresent();
    }

    private Optional<HeadObjectResponse> head(String sha256) {
        try {
            return Optional.of(s3.headObject(it -> it.bucket(settings.bucket()).key(settings.key(sha256))));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw notRead(sha256, e);
        }
    }

    @Override
    public void delete(String sha256) {
        try {
            s3.deleteObject(it -> it.bucket(settings.bucket()).key(settings.key(sha256)));
        } catch (SdkException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "file %s cannot be deleted".formatted(sha256), e);
        }
        cache.delete(sha256);
    }

    @Override
    public void deleteDrafts(Instant before) {
        lookThrough(() -> {
            upload.abortBegunBefore(before);
            return null;
        });
    }

    @Override
    public List<String> names(Instant before) {
        return lookThrough(() ->
                s3
                        .listObjectsV2Paginator(
                                it -> it.bucket(settings.bucket()).prefix(settings.prefix()))
                        .contents()
                        .stream()
                        .filter(it -> it.lastModified().isBefore(before))
                        .map(S3Object::key)
                        .filter(settings::isKey)
                        .map(it -> it.substring(settings.prefix().length()))
                        .toList());
    }

    private static <T> T lookThrough(Supplier<T> looking) {
        try {
            return looking.get();
        } catch (SdkException e) {
            throw new StorageException(Reason.NOT_READ, "the artifact store cannot be listed", e);
        }
    }

    private static StorageException missing(String sha256, @Nullable Throwable cause) {
        return new StorageException(Reason.MISSING, "file %s is missing".formatted(sha256), cause);
    }

    private static StorageException notRead(String sha256, Throwable cause) {
        return new StorageException(Reason.NOT_READ, "file %s cannot be read".formatted(sha256), cause);
    }
}
