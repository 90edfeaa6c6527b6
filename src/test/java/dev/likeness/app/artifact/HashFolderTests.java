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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashFolderTests {

    /** Of the five bytes of "hello". */
    static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path root;

    HashFolder folder;

    @BeforeEach
    void open() {
        folder = new HashFolder(root);
    }

    @Test
    void namesAFileByItsContent() {
        StoredFile file = write("hello");

        assertThat(file).isEqualTo(new StoredFile(HELLO, 5, "text/plain"));
        assertThat(root.resolve("2c/f2").resolve(HELLO)).hasContent("hello");
    }

    @Test
    void keepsEqualFilesOnce() throws IOException {
        write("hello");
        write("hello");

        assertThat(files()).containsExactly(HELLO);
    }

    @Test
    void keepsNothingOfAWriterThatFails() throws IOException {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> folder.write("text/plain", out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("no space left on device");
                }))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.NOT_WRITTEN))
                .satisfies(it -> assertThat(it.getMessage()).doesNotContain(root.toString()));

        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfAWriterThatGivesUp() throws IOException {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> folder.write("text/plain", out -> {
                    throw new IllegalStateException("stopped");
                }));

        assertThat(files()).isEmpty();
    }

    @Test
    void keepsWhatAWriterWroteThatClosesItsStream() {
        StoredFile file = folder.write("text/plain", out -> {
            try (out) {
                out.write("hello".getBytes(StandardCharsets.UTF_8));
            }
        });

        assertThat(file.sha256()).isEqualTo(HELLO);
    }

    @Test
    void readsAFileBack() throws IOException {
        write("hello");

        try (InputStream in = folder.open(HELLO)) {
            assertThat(in).hasContent("hello");
        }
        assertThat(folder.verified(HELLO)).hasContent("hello");
        assertThat(folder.bytes(HELLO)).asString().isEqualTo("hello");
    }

    @Test
    void noticesADamagedFile() throws IOException {
        write("hello");
        Files.writeString(root.resolve("2c/f2").resolve(HELLO), "jello");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> folder.verified(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.CORRUPT));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> folder.bytes(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.CORRUPT));
        try (InputStream in = folder.open(HELLO)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void noticesDamageBehindSkippedBytes() throws IOException {
        write("hello");
        Files.writeString(root.resolve("2c/f2").resolve(HELLO), "jello");

        try (InputStream in = folder.open(HELLO)) {
            assertThat(in.skip(3)).isEqualTo(3);
            assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> folder.open(HELLO))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.MISSING));
    }

    @Test
    void knowsNoNamesButHashes() {
        assertThatIllegalArgumentException().isThrownBy(() -> folder.open("../../etc/passwd"));
    }

    private StoredFile write(String content) {
        return folder.write("text/plain", out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(it -> it.getFileName().toString())
                    .toList();
        }
    }
}
