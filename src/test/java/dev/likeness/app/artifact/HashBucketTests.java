package dev.likeness.app.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.likeness.app.S3Server;
import dev.likeness.app.artifact.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.Resource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

@Timeout(60)
class HashBucketTests extends ContentsContract {

    private static final String KMS = "aws:kms";

    private static final byte[] NO_SUCH_KEY = "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8);

    /** Three parts of the smallest size, the last one smaller. */
    private static final int LARGE = 11 << 20;

    private final TestBucket bucket = TestBucket.make();

    @Override
    Contents contents() {
        return bucket.contents();
    }

    @Override
    Path folder() {
        return bucket.folder();
    }

    @AfterEach
    void close() {
        bucket.forget();
    }

    @Override
    Path place(String sha256) {
        return bucket.object(sha256);
    }

    @Override
    Set<String> kept() throws IOException {
        Set<String> kept = new HashSet<>(HashFolderTests.files(folder()));
        kept.addAll(objects());
        return kept;
    }

    @Override
    void forgetCopies() {
        bucket.cache().delete(HELLO);
    }

    @Test
    void readsACopyWithoutTheStore() throws IOException {
        write("hello");
        Files.delete(place(HELLO));

        assertThat(contents.local(HELLO)).hasContent("hello");
        assertThat(contents.bytes(HELLO)).asString().isEqualTo("hello");
    }

    @Test
    void copiesAgainWhatIsDamagedHere() throws IOException {
        write("hello");
        Files.writeString(contents.local(HELLO), "jello");

        assertThat(contents.local(HELLO)).hasContent("hello");
    }

    @Test
    void keepsALargeFileInParts() throws IOException {
        byte[] content = content();

        StoredFile file = contents.write("application/octet-stream", out -> out.write(content));

        assertThat(objects()).containsExactly(file.sha256());
        assertThat(bucket.client()
                        .headObject(it ->
                                it.bucket(bucket.name()).key(bucket.settings().key(file.sha256())))
                        .eTag())
                .endsWith("-3\"");
        bucket.cache().delete(file.sha256());
        assertThat(contents.bytes(file.sha256())).isEqualTo(content);
    }

    @Test
    void servesAPartOfALargeFileWithoutCopyingIt() throws IOException {
        byte[] content = content();
        StoredFile file = contents.write("application/octet-stream", out -> out.write(content));
        bucket.cache().delete(file.sha256());

        Resource resource = contents.resource(file.sha256());

        assertThat(resource.contentLength()).isEqualTo(LARGE);
        try (InputStream in = resource.getInputStream()) {
            assertThat(in.skip(LARGE - 3)).isEqualTo(LARGE - 3);
            assertThat(in.readAllBytes()).containsExactly(content[LARGE - 3], content[LARGE - 2], content[LARGE - 1]);
        }
        assertThat(HashFolderTests.files(folder())).isEmpty();
    }

    @Test
    void doesNotServeTheEndOfALargeFileThatIsDamaged() throws IOException {
        byte[] content = content();
        StoredFile file = contents.write("application/octet-stream", out -> out.write(content));
        content[0]++;
        Files.write(place(file.sha256()), content);

        try (InputStream in = contents.resource(file.sha256()).getInputStream()) {
            assertThat(in.readNBytes(LARGE - 1)).hasSize(LARGE - 1);
            assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
        }
    }

    @Test
    void endsUploadsOfDeadProcesses() throws IOException {
        String dead = "0".repeat(64);
        String alive = "1".repeat(64);
        begin(dead);
        String upload = begin(alive);
        begin("somebody-elses");
        bucket.client()
                .uploadPart(
                        it -> it.bucket(bucket.name())
                                .key(TestBucket.PREFIX + alive)
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("a part"));
        Instant now = Instant.now();
        Files.setLastModifiedTime(part(), FileTime.from(now.plus(Duration.ofHours(2))));

        contents.deleteDrafts(now.minus(Duration.ofHours(1)));
        assertThat(uploads()).hasSize(3);

        contents.deleteDrafts(now.plus(Duration.ofHours(1)));
        assertThat(uploads())
                .extracting(it -> it.key().substring(TestBucket.PREFIX.length()))
                .containsExactlyInAnyOrder(alive, "somebody-elses");
    }

    /** Where the server keeps the only part there is. */
    private Path part() throws IOException {
        try (Stream<Path> files = Files.walk(S3Server.get().folder(bucket.name()))) {
            return files.filter(it -> it.toString().endsWith("-1")).findFirst().orElseThrow();
        }
    }

    @Test
    void leavesObjectsAloneThatAreNoFiles() {
        // Beside the one that says whose they are.
        bucket.client().putObject(it -> it.bucket(bucket.name()).key(HELLO), RequestBody.empty());

        assertThat(contents.names(Instant.now().plusSeconds(60))).isEmpty();
    }

    @Test
    void keepsNothingWhenTheStoreGoesAwayMeanwhile() throws IOException {
        byte[] content = content();
        try (CutLine line = CutLine.to(S3Server.get().address());
                TestBucket far = behind(line)) {
            // In the second part.
            line.breakAfter(7 << 20);

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> far.contents().write("application/octet-stream", out -> out.write(content)))
                    .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.NOT_WRITTEN))
                    .withMessage("the object store did not accept a file");
        }

        assertThat(kept()).isEmpty();
    }

    @Test
    void keepsNothingOfASmallFileWhenTheStoreGoesAwayMeanwhile() throws IOException {
        try (CutLine line = CutLine.to(S3Server.get().address());
                TestBucket far = behind(line)) {
            line.breakAfter(1 << 20);

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> far.contents().write("text/plain", out -> out.write(new byte[2 << 20])))
                    .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.NOT_WRITTEN));
        }

        assertThat(kept()).isEmpty();
    }

    @Test
    void saysThatTheStoreWentAwayWhileAFileWasRead() throws IOException {
        byte[] content = content();
        StoredFile file = contents.write("application/octet-stream", out -> out.write(content));
        bucket.cache().delete(file.sha256());
        try (CutLine line = CutLine.to(S3Server.get().address());
                TestBucket far = behind(line)) {
            try (InputStream in = far.contents().open(file.sha256())) {
                line.breakAfter(1 << 20);
                assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
            }

            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> far.contents().local(file.sha256()))
                    .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.NOT_READ));
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> far.contents().delete(file.sha256()))
                    .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.NOT_WRITTEN));
        }

        assertThat(HashFolderTests.files(folder())).isEmpty();
    }

    @Test
    void asksForEncryption() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("PUT")) {
                asked.add(exchange.getRequestHeaders().getFirst("x-amz-server-side-encryption"));
            }
            boolean missing = exchange.getRequestMethod().equals("GET");
            exchange.sendResponseHeaders(missing ? 404 : 200, missing ? NO_SUCH_KEY.length : -1);
            if (missing) {
                exchange.getResponseBody().write(NO_SUCH_KEY);
            }
            exchange.close();
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (TestBucket encrypted = TestBucket.open(TestBucket.settings(endpoint, "likeness", KMS), folder())) {
            encrypted.contents().write("text/plain", out -> out.write('x'));
        } finally {
            server.stop(0);
        }

        // At start, too.
        assertThat(asked).containsExactly(KMS, KMS);
    }

    private TestBucket behind(CutLine line) {
        return TestBucket.open(TestBucket.settings(line.entrance(), bucket.name(), null), folder());
    }

    private List<String> objects() {
        return bucket
                .client()
                .listObjectsV2(it -> it.bucket(bucket.name()).prefix(TestBucket.PREFIX))
                .contents()
                .stream()
                .map(it -> it.key().substring(TestBucket.PREFIX.length()))
                .filter(it -> !it.equals(BucketCheck.OWNER))
                .toList();
    }

    private String begin(String name) {
        return bucket.client()
                .createMultipartUpload(it -> it.bucket(bucket.name()).key(TestBucket.PREFIX + name))
                .uploadId();
    }

    private List<MultipartUpload> uploads() {
        return bucket.client()
                .listMultipartUploads(it -> it.bucket(bucket.name()))
                .uploads();
    }

    private static byte[] content() {
        byte[] content = new byte[LARGE];
        new Random(1).nextBytes(content);
        return content;
    }
}
