package dev.likeness.app.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Checks at startup whether the bucket accepts files and which database it belongs to. Files
 * that the database does not list are deleted, so the bucket must not have files of another database.
 */
final class BucketCheck {

    /** The object that says which database the files belong to. */
    static final String OWNER = "owner";

    private static final String KEYS =
            "Set likeness.artifacts.s3.access-key and secret-key, or give the process credentials as described for"
                    + " Amazon's SDK";

    private final S3Client s3;
    private final S3Settings settings;

    BucketCheck(S3Client s3, S3Settings settings) {
        this.s3 = s3;
        this.settings = settings;
    }

    /**
     * @param owner this deployment's database
     * @throws UnusableBucketException if the bucket cannot be used
     */
    void check(AwsCredentialsProvider credentials, UUID owner) {
        requireCredentials(credentials);
        try {
            s3.headBucket(it -> it.bucket(settings.bucket()));
            requireOwner(owner);
        } catch (S3Exception e) {
            throw refused(e);
        } catch (SdkClientException e) {
            throw new UnusableBucketException(
                    "The object store cannot be reached: %s (%s).".formatted(settings.where(), e.getMessage()),
                    "Start the store, or set likeness.artifacts.s3.endpoint to its address",
                    e);
        }
    }

    private void requireCredentials(AwsCredentialsProvider credentials) {
        try {
            credentials.resolveCredentials();
        } catch (SdkClientException e) {
            throw new UnusableBucketException(
                    "There are no credentials for the object store: %s.".formatted(settings.where()), KEYS, e);
        }
    }

    /** Written at each start, to check that writing works. */
    private void requireOwner(UUID owner) {
        if (owner().filter(it -> !it.equals(owner.toString())).isPresent()) {
            throw new UnusableBucketException(
                    "The files in %s belong to another database. With the present database, Likeness would delete them."
                            .formatted(settings.where()),
                    "Set another likeness.artifacts.s3.prefix or bucket, or spring.datasource.url to the database that owns them; if that database is permanently lost, delete the object %s%s"
                            .formatted(settings.prefix(), OWNER),
                    null);
        }
        s3.putObject(
                it -> it.bucket(settings.bucket())
                        .key(settings.prefix() + OWNER)
                        .serverSideEncryption(settings.serverSideEncryption())
                        .ssekmsKeyId(settings.kmsKeyId()),
                RequestBody.fromString(owner.toString()));
    }

    private Optional<String> owner() {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(it -> it.bucket(settings.bucket()).key(settings.prefix() + OWNER))
                            .asString(StandardCharsets.UTF_8));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private UnusableBucketException refused(S3Exception e) {
        String where = settings.where();
        return switch (e.statusCode()) {
            case 404 ->
                new UnusableBucketException(
                        "The object store has no %s.".formatted(where),
                        "Create the bucket, or set likeness.artifacts.s3.bucket to an existing one",
                        e);
            case 401, 403 ->
                new UnusableBucketException(
                        "The object store does not let these credentials use %s (%d).".formatted(where, e.statusCode()),
                        KEYS + "; they need permission to list the bucket, and to read, write and delete objects"
                                + (settings.prefix().isEmpty() ? "" : " below " + settings.prefix()),
                        e);
            case 501 ->
                new UnusableBucketException(
                        "The object store does not support a request: %s (%s).".formatted(where, e.getMessage()),
                        "Remove likeness.artifacts.s3.server-side-encryption if the store does not support it",
                        e);
            default ->
                new UnusableBucketException(
                        "The object store does not accept files: %s (%d, %s)."
                                .formatted(where, e.statusCode(), e.getMessage()),
                        "Compare likeness.artifacts.s3.endpoint, region and path-style with the store's documentation",
                        e);
        };
    }
}
