package dev.likeness.app.artifact;

import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The connection to an object store. It avoids extensions of Amazon's own store: chunked signatures, and checksums
 * after the content, which some stores keep as part of the content.
 */
record ObjectStore(S3Client client, S3Settings settings) implements AutoCloseable {

    /**
     * @param owner the database that the files belong to
     * @throws UnusableBucketException if files cannot be stored there
     */
    static ObjectStore open(S3Settings settings, UUID owner) {
        AwsCredentialsProvider credentials = credentials(settings);
        S3Client client = client(settings, credentials);
        try {
            new BucketCheck(client, settings).check(credentials, owner);
            return new ObjectStore(client, settings);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static S3Client client(S3Settings settings, AwsCredentialsProvider credentials) {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.connectTimeout())
                        .socketTimeout(settings.readTimeout()))
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .overrideConfiguration(it -> it.apiCallAttemptTimeout(settings.requestTimeout())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(settings.attempts())
                                .build()))
                .build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.accessKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), Objects.requireNonNull(settings.secretKey())));
    }

    @Override
    public void close() {
        client.close();
    }
}
