package dev.likeness.app.artifact;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The bucket for stored files.
 *
 * @param endpoint URL of the object store; Amazon's own if absent
 * @param region the region's name in the object store
 * @param bucket its name; it must exist
 * @param prefix the beginning of object names; no two deployments may share it in one bucket
 * @param pathStyle whether the bucket's name is part of the path instead of the host, as most stores except Amazon's
 *     need it
 * @param serverSideEncryption the encryption of objects by the store; the store's default if absent
 * @param kmsKeyId the key for {@code aws:kms}; the store's default one if absent
 * @param accessKey id of the key that signs requests; if absent, the SDK's own search
 * @param secretKey the key itself
 * @param connectTimeout longest time to connect
 * @param readTimeout longest time without data from the store
 * @param requestTimeout longest time of one attempt at a request; a part of an upload must fit into it
 * @param attempts number of attempts at a request
 * @param partSize larger files are uploaded in parts of this size, one part in memory at a time, at most 10,000 parts
 * @param cacheSize most disk space for local copies
 */
@Validated
@ConfigurationProperties("likeness.artifacts.s3")
@ConditionalOnProperty(name = "likeness.artifacts.store", havingValue = "s3")
record S3Settings(
        @Nullable URI endpoint,
        @NotBlank @DefaultValue("us-east-1") String region,
        @NotBlank String bucket,
        @NotNull @DefaultValue("") String prefix,
        @DefaultValue("false") boolean pathStyle,
        @Nullable @Pattern(regexp = "AES256|aws:kms") String serverSideEncryption,
        @Nullable String kmsKeyId,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @NotNull @DefaultValue("5s") Duration connectTimeout,
        @NotNull @DefaultValue("30s") Duration readTimeout,
        @NotNull @DefaultValue("5m") Duration requestTimeout,
        @Min(1) @DefaultValue("3") int attempts,
        @NotNull @DefaultValue("16MB") DataSize partSize,
        @NotNull @DefaultValue("10GB") DataSize cacheSize) {

    /** The smallest size that S3 accepts. */
    private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

    private static final DataSize LARGEST_PART = DataSize.ofGigabytes(1);

    /** @throws IllegalArgumentException if two settings contradict each other, or parts are too small or too large */
    S3Settings {
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException("likeness.artifacts.s3: set access-key and secret-key together");
        }
        if (kmsKeyId != null && !"aws:kms".equals(serverSideEncryption)) {
            throw new IllegalArgumentException(
                    "likeness.artifacts.s3: kms-key-id requires server-side-encryption aws:kms");
        }
        if (partSize.compareTo(SMALLEST_PART) < 0 || partSize.compareTo(LARGEST_PART) > 0) {
            throw new IllegalArgumentException("likeness.artifacts.s3: part-size must be 5MB to 1GB");
        }
    }

    /** The name of a file's object. */
    String key(String sha256) {
        return prefix + Sha256.requireName(sha256);
    }

    /** Whether an object is a stored file. */
    boolean isKey(String key) {
        return key.startsWith(prefix) && Sha256.isName(key.substring(prefix.length()));
    }

    /** The description for messages. */
    String where() {
        return endpoint == null
                ? "bucket %s of Amazon S3 in %s".formatted(bucket, region)
                : "bucket %s at %s".formatted(bucket, endpoint);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "S3Settings[" + where() + "]";
    }
}
