package dev.likeness.app.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.app.artifact.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;

/** What holds wherever the content of files is. */
abstract class ContentsContract {

    /** Of the five bytes of "hello". */
    static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    Contents contents;

    @BeforeEach
    void open() {
        contents = contents();
    }

    abstract Contents contents();

    /** The local folder, of drafts and copies too. */
    abstract Path folder();

    /** The location of a file's content, for tests that damage it. */
    abstract Path place(String sha256);

    /** Names of all files there are, those of copies and drafts too. */
    abstract Set<String> kept() throws IOException;

    /** From here on nothing is known of what was read or written before. */
    void forgetCopies() throws IOException {}

    @Test
    void namesAFileByItsContent() {
        StoredFile file = write("hello");

        assertThat(file).isEqualTo(new StoredFile(HELLO, 5, "text/plain"));
        assertThat(place(HELLO)).hasContent("hello");
    }

    @Test
    void keepsEqualFilesOnce() throws IOException {
        write("hello");
        write("hello");

        assertThat(kept()).containsExactly(HELLO);
    }

    @Test
    void keepsNothingOfAWriterThatFails() throws IOException {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> contents.write("text/plain", out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("no space left on device");
                }))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.NOT_WRITTEN))
                .satisfies(it -> assertThat(it.getMessage()).doesNotContain(folder().toString()));

        assertThat(kept()).isEmpty();
    }

    @Test
    void keepsNothingOfAWriterThatGivesUp() throws IOException {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> contents.write("text/plain", out -> {
                    throw new IllegalStateException("stopped");
                }));

        assertThat(kept()).isEmpty();
    }

    @Test
    void keepsWhatAWriterWroteThatClosesItsStream() {
        StoredFile file = contents.write("text/plain", out -> {
            try (out) {
                out.write("hello".getBytes(StandardCharsets.UTF_8));
            }
        });

        assertThat(file.sha256()).isEqualTo(HELLO);
    }

    @Test
    void readsAFileBack() throws IOException {
        write("hello");

        try (InputStream in = contents.open(HELLO)) {
            assertThat(in).hasContent("hello");
        }
        assertThat(contents.local(HELLO)).hasContent("hello");
        assertThat(contents.bytes(HELLO)).asString().isEqualTo("hello");
    }

    @Test
    void noticesADamagedFile() throws IOException {
        write("hello");
        damage("jello");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> contents.local(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.CORRUPT));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> contents.bytes(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.CORRUPT));
        try (InputStream in = contents.open(HELLO)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void noticesDamageBehindSkippedBytes() throws IOException {
        write("hello");
        damage("jello");

        try (InputStream in = contents.open(HELLO)) {
            assertThat(in.skip(3)).isEqualTo(3);
            assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> contents.open(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.MISSING));
    }

    @Test
    void knowsNoNamesButHashes() {
        assertThatIllegalArgumentException().isThrownBy(() -> contents.open("../../etc/passwd"));
    }

    @Test
    void noticesAFileThatWasCutOff() throws IOException {
        write("hello");
        damage("hell");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> contents.bytes(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.CORRUPT));
    }

    @Test
    void doesNotGiveTheEndOfADamagedFileAway() throws IOException {
        write("hello");
        damage("hellx");

        try (InputStream in = contents.open(HELLO)) {
            assertThat(in.readNBytes(4)).asString().isEqualTo("hell");
            assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
        }
    }

    @Test
    void servesAPart() throws IOException {
        write("hello");

        Resource resource = contents.resource(HELLO);

        assertThat(resource.contentLength()).isEqualTo(5);
        try (InputStream in = resource.getInputStream()) {
            assertThat(in.skip(3)).isEqualTo(3);
            assertThat(in.readAllBytes()).asString().isEqualTo("lo");
        }
    }

    @Test
    void servesNothingThatIsMissing() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> contents.resource(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.MISSING));
    }

    @Test
    void deletesAFile() throws IOException {
        write("hello");
        assertThat(contents.contains(HELLO)).isTrue();

        contents.delete(HELLO);
        contents.delete(HELLO);

        assertThat(contents.contains(HELLO)).isFalse();
        assertThat(kept()).isEmpty();
    }

    @Test
    void listsFilesByAge() throws IOException {
        write("hello");
        write("recent");
        Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
        Files.setLastModifiedTime(place(HELLO), FileTime.from(hourAgo.minusSeconds(60)));

        assertThat(contents.names(hourAgo)).containsExactly(HELLO);
        assertThat(contents.isWrittenSince(HELLO, hourAgo)).isFalse();

        write("hello");

        assertThat(contents.names(hourAgo)).isEmpty();
        assertThat(contents.isWrittenSince(HELLO, hourAgo)).isTrue();
        assertThat(contents.isWrittenSince("0".repeat(64), hourAgo)).isFalse();
    }

    StoredFile write(String content) {
        return contents.write("text/plain", out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    private void damage(String content) throws IOException {
        Files.writeString(place(HELLO), content);
        forgetCopies();
    }
}
