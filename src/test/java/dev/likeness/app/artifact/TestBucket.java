package dev.likeness.app.artifact;

import dev.likeness.app.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of the tests' own S3 server. */
record TestBucket(String name, Path folder, S3Client client, S3Settings settings, LocalCache cache, HashBucket contents)
        implements AutoCloseable {

    static final String PREFIX = "files/";

    static final UUID OWNER = UUID.randomUUID();

    /** A new one, with a folder for copies. */
    static TestBucket make() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/s3proxy")), "copies");
            return open(settings(S3Server.get().endpoint(), S3Server.get().bucket(), null), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestBucket open(S3Settings settings, Path folder) {
        ObjectStore store = ObjectStore.open(settings, OWNER);
        LocalCache cache = new LocalCache(folder, settings.cacheSize(), Clock.systemUTC());
        return new TestBucket(settings.bucket(), folder, store.client(), settings, cache, new HashBucket(store, cache));
    }

    static S3Settings settings(URI endpoint, String bucket, @Nullable String encryption) {
        return settings(endpoint, bucket, encryption, S3Server.SECRET_KEY);
    }

    static S3Settings settings(URI endpoint, String bucket, @Nullable String encryption, @Nullable String secretKey) {
        return new S3Settings(
                endpoint,
                "us-east-1",
                bucket,
                PREFIX,
                true,
                encryption,
                null,
                S3Server.ACCESS_KEY,
                secretKey,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                2,
                DataSize.ofMegabytes(5),
                DataSize.ofMegabytes(64));
    }

    /** Where the server keeps an object. */
    Path object(String sha256) {
        return S3Server.get().folder(name).resolve(PREFIX + sha256);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Closes it, and deletes all copies. */
    void forget() {
        close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
