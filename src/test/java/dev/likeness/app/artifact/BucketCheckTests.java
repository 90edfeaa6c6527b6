package dev.likeness.app.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.app.S3Server;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import software.amazon.awssdk.core.exception.SdkClientException;

class BucketCheckTests {

    @Test
    void takesTheBucketThatItsDatabaseHas() {
        S3Settings settings =
                TestBucket.settings(S3Server.get().endpoint(), S3Server.get().bucket(), null);

        ObjectStore.open(settings, TestBucket.OWNER).close();
        ObjectStore.open(settings, TestBucket.OWNER).close();

        assertThat(S3Server.get().objects(settings.bucket())).containsExactly("files/owner");
    }

    @Test
    void leavesTheBucketOfAnotherDatabaseAlone() {
        S3Settings settings =
                TestBucket.settings(S3Server.get().endpoint(), S3Server.get().bucket(), null);
        ObjectStore.open(settings, UUID.randomUUID()).close();

        FailureAnalysis refusal = refusal(settings);

        assertThat(refusal.getDescription())
                .endsWith("belong to another database. With the present database, Likeness would delete them.");
        assertThat(refusal.getAction())
                .endsWith("if that database is permanently lost, delete the object files/owner.");
    }

    @Test
    void saysThatThereIsNoSuchBucket() {
        FailureAnalysis refusal = refusal(TestBucket.settings(S3Server.get().endpoint(), "nowhere", null));

        assertThat(refusal.getDescription())
                .isEqualTo(
                        "The object store has no bucket nowhere at %s.",
                        S3Server.get().endpoint());
        assertThat(refusal.getAction())
                .isEqualTo("Create the bucket, or set likeness.artifacts.s3.bucket to an existing one.");
    }

    @Test
    void saysThatTheKeyIsWrong() {
        FailureAnalysis refusal = refusal(
                TestBucket.settings(S3Server.get().endpoint(), S3Server.get().bucket(), null, "another secret"));

        assertThat(refusal.getDescription()).startsWith("The object store does not let these credentials use bucket");
        assertThat(refusal.getAction())
                .startsWith("Set likeness.artifacts.s3.access-key and secret-key,")
                .endsWith("below files/.");
    }

    @Test
    void reportsAMissingServer() {
        FailureAnalysis refusal = refusal(TestBucket.settings(URI.create("http://127.0.0.1:1"), "likeness", null));

        assertThat(refusal.getDescription())
                .startsWith("The object store cannot be reached: bucket likeness at http://127.0.0.1:1 (");
        assertThat(refusal.getAction()).contains("likeness.artifacts.s3.endpoint");
    }

    @Test
    void saysThatTheStoreDoesNotEncrypt() {
        FailureAnalysis refusal = refusal(
                TestBucket.settings(S3Server.get().endpoint(), S3Server.get().bucket(), "AES256"));

        assertThat(refusal.getAction()).contains("likeness.artifacts.s3.server-side-encryption");
    }

    @Test
    void saysThatThereAreNoCredentials() {
        S3Settings settings =
                TestBucket.settings(S3Server.get().endpoint(), S3Server.get().bucket(), null);
        try (ObjectStore store = ObjectStore.open(settings, TestBucket.OWNER)) {
            assertThatExceptionOfType(UnusableBucketException.class)
                    .isThrownBy(() -> new BucketCheck(store.client(), settings)
                            .check(
                                    () -> {
                                        throw SdkClientException.create("none");
                                    },
                                    TestBucket.OWNER))
                    .withMessageStartingWith("There are no credentials for the object store: bucket");
        }
    }

    @Test
    void wantsBothHalvesOfAKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestBucket.settings(S3Server.get().endpoint(), "likeness", null, null))
                .withMessage("likeness.artifacts.s3: set access-key and secret-key together");
    }

    @Test
    void showsNoKey() {
        assertThat(TestBucket.settings(S3Server.get().endpoint(), "likeness", null))
                .asString()
                .doesNotContain(S3Server.SECRET_KEY, S3Server.ACCESS_KEY + ",");
    }

    private static FailureAnalysis refusal(S3Settings settings) {
        UnusableBucketException refusal =
                catchThrowableOfType(UnusableBucketException.class, () -> ObjectStore.open(settings, TestBucket.OWNER));
        return new UnusableBucketFailureAnalyzer().analyze(refusal, refusal);
    }
}
