package dev.likeness.app.artifact;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Finds out at start whether files can be kept in a bucket, and deleted, instead of when the first job has run. */
final class BucketCheck {

    private static final String KEYS =
            "Set likeness.artifacts.s3.access-key and secret-key, or give the process credentials in one of the ways of"
                    + " Amazon's SDK";

    private BucketCheck() {}

    /** @throws UnusableBucketException if something is in the way */
    static void check(S3Client s3, AwsCredentialsProvider credentials, S3Settings settings) {
        requireCredentials(credentials, settings);
        try {
            s3.headBucket(it -> it.bucket(settings.bucket()));
            String key = settings.prefix() + "writable";
            s3.putObject(
                    it -> it.bucket(settings.bucket())
                            .key(key)
                            .serverSideEncryption(settings.serverSideEncryption())
                            .ssekmsKeyId(settings.kmsKeyId()),
                    RequestBody.empty());
            s3.deleteObject(it -> it.bucket(settings.bucket()).key(key));
        } catch (S3Exception e) {
            throw refused(e, settings);
        } catch (SdkClientException e) {
            throw new UnusableBucketException(
                    "The object store cannot be reached: %s (%s).".formatted(settings.where(), e.getMessage()),
                    "Start the store, or set likeness.artifacts.s3.endpoint to where it is",
                    e);
        }
    }

    private static void requireCredentials(AwsCredentialsProvider credentials, S3Settings settings) {
        try {
            credentials.resolveCredentials();
        } catch (SdkClientException e) {
            throw new UnusableBucketException(
                    "There are no credentials for the object store: %s.".formatted(settings.where()), KEYS, e);
        }
    }

    private static UnusableBucketException refused(S3Exception e, S3Settings settings) {
        String where = settings.where();
        return switch (e.statusCode()) {
            case 404 ->
                new UnusableBucketException(
                        "The object store has no %s.".formatted(where),
                        "Make the bucket, or set likeness.artifacts.s3.bucket to one that there is",
                        e);
            case 401, 403 ->
                new UnusableBucketException(
                        "The object store lets these credentials not use %s (%d).".formatted(where, e.statusCode()),
                        KEYS + "; they have to be allowed to list the bucket, and to read, write and delete objects"
                                + (settings.prefix().isEmpty() ? "" : " below " + settings.prefix()),
                        e);
            case 501 ->
                new UnusableBucketException(
                        "The object store cannot do what it is asked for: %s (%s).".formatted(where, e.getMessage()),
                        "Leave out likeness.artifacts.s3.server-side-encryption if the store does not know it",
                        e);
            default ->
                new UnusableBucketException(
                        "The object store does not take files: %s (%d, %s)."
                                .formatted(where, e.statusCode(), e.getMessage()),
                        "Compare likeness.artifacts.s3.endpoint, region and path-style with what the store wants",
                        e);
        };
    }
}
