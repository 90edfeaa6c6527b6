package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api.Answer;
import dev.likeness.app.S3Server;
import dev.likeness.app.TestHome;
import dev.likeness.app.artifact.CutLine;
import dev.likeness.app.artifact.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A whole service with its files in a bucket. */
class BucketServiceTests extends DeletionContract {

    private static final int LARGE = 9 << 20;

    private static final Path CACHE = TestHome.path(TestHome.API).resolve("artifact-cache");

    private static String bucket = "";

    private static final CutLine LINE = CutLine.to(S3Server.get().address());

    @DynamicPropertySource
    static void bucket(DynamicPropertyRegistry properties) {
        bucket = S3Server.get().bucket();
        properties.add("likeness.artifacts.store", () -> "s3");
        properties.add("likeness.artifacts.s3.endpoint", LINE::entrance);
        properties.add("likeness.artifacts.s3.bucket", () -> bucket);
        properties.add("likeness.artifacts.s3.path-style", () -> true);
        properties.add("likeness.artifacts.s3.access-key", () -> S3Server.ACCESS_KEY);
        properties.add("likeness.artifacts.s3.secret-key", () -> S3Server.SECRET_KEY);
    }

    /** Services with a folder use the same database, and no file is in both stores. */
    @BeforeEach
    @AfterEach
    void forgetFilesOfOtherStores() {
        worker.clear();
        database.clearSubjectsAndFiles();
    }

    @Override
    Set<String> files() {
        return S3Server.get().objects(bucket);
    }

    @Test
    void leavesNoCopiesOfAJob() {
        Set<String> before = FolderDeletionTests.names(CACHE);
        UUID id = finishedJob("copies", 1);
        Set<String> copies = new HashSet<>(FolderDeletionTests.names(CACHE));
        copies.removeAll(before);
        assertThat(copies).isNotEmpty();

        api.delete("/v1/jobs/" + id);

        await().untilAsserted(() -> assertThat(FolderDeletionTests.names(CACHE)).doesNotContainAnyElementsOf(copies));
    }

    @Test
    void servesAnImageWholeAndInParts() {
        UUID id = finishedJob("served", 1);
        String image = api.get("/v1/jobs/%s/images".formatted(id)).at("/results/0/url");

        Answer whole = api.get(image);
        Answer part = api.get(image, it -> it.set(HttpHeaders.RANGE, "bytes=6-10"));

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.text()).isEqualTo("first image of " + id);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("image");
    }

    @Test
    void servesPartsOfALargeFileWithoutCopyingIt() throws IOException {
        UUID id = finishedJob("large", 1);
        byte[] content = new byte[LARGE];
        content[LARGE - 2] = 7;
        String artifact = largeFile(id, content);
        String sha256 = api.get("/v1/jobs/%s/artifacts".formatted(id)).at("/results/0/sha256");

        Answer part = api.get(artifact, it -> it.set(HttpHeaders.RANGE, "bytes=-2"));
        Answer parts = api.get(artifact, it -> it.set(HttpHeaders.RANGE, "bytes=0-0,%d-".formatted(LARGE - 2)));
        Answer known = api.get(artifact, it -> it.setIfNoneMatch("\"%s\"".formatted(sha256)));

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).containsExactly(7, 0);
        assertThat(part.headers().getFirst(HttpHeaders.CONTENT_RANGE))
                .isEqualTo("bytes %d-%d/%d", LARGE - 2, LARGE - 1, LARGE);
        assertThat(parts.status()).isEqualTo(206);
        assertThat(parts.headers().getContentType()).asString().startsWith("multipart/byteranges");
        assertThat(known.status()).isEqualTo(304);
        assertThat(FolderDeletionTests.names(CACHE)).doesNotContain(sha256);
        assertThat(api.get(artifact).bytes()).isEqualTo(content);
    }

    @Test
    void describesALargeFileWithoutReadingIt() throws IOException {
        UUID id = finishedJob("described", 1);
        String artifact = largeFile(id, new byte[LARGE]);
        long before = LINE.passed();

        Answer head = api.send(HttpMethod.HEAD, artifact, it -> {}, null, null);
        Answer ofPart =
                api.send(HttpMethod.HEAD, artifact, it -> it.set(HttpHeaders.RANGE, "bytes=0-8000000"), null, null);

        assertThat(LINE.passed() - before).isLessThan(100_000);
        for (Answer answer : List.of(head, ofPart)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().getContentLength()).isEqualTo(LARGE);
            assertThat(answer.headers().getContentType()).isEqualTo(MediaType.APPLICATION_OCTET_STREAM);
            assertThat(answer.headers().getFirst(HttpHeaders.ACCEPT_RANGES)).isEqualTo("bytes");
            assertThat(answer.headers().getETag()).isNotNull();
        }
    }

    /** URL of the job's first artifact, after replacing its content and deleting its local copy. */
    private String largeFile(UUID id, byte[] content) throws IOException {
        StoredFile file = store.put("application/octet-stream", out -> out.write(content));
        database.jobs().replaceArtifacts(id, file.sha256(), content.length);
        Files.delete(store.local(file.sha256()));
        return api.get("/v1/jobs/%s/artifacts".formatted(id)).at("/results/0/url");
    }

    @Test
    void saysThatAFileIsMissing() throws IOException {
        UUID id = finishedJob("missing", 1);
        String image = api.get("/v1/jobs/%s/images".formatted(id)).at("/results/0/url");
        String file = api.get("/v1/jobs/%s/images".formatted(id)).at("/results/0/sha256");
        Files.delete(S3Server.get().folder(bucket).resolve(file));

        Answer answer = api.get(image);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.at("/code")).isEqualTo("storage");
    }
}
