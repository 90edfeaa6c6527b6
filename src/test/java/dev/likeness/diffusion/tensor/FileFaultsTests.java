package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFaultsTests {

    private static final String FILE = "/srv/models/secret/vocab.json";

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new NoSuchFileException(FILE), "no vocab.json"),
                Arguments.of(new NoSuchFileException(FILE, null, "neither this nor that"), "neither this nor that"),
                Arguments.of(new AccessDeniedException(FILE), "access to vocab.json is denied"),
                Arguments.of(new FileSystemException(FILE), "vocab.json cannot be read"),
                Arguments.of(new FileSystemException(FILE, null, "Stale handle"), "vocab.json: Stale handle"),
                Arguments.of(new FileSystemException(null), "a file cannot be read"),
                Arguments.of(new FileSystemException("/"), "a file cannot be read"),
                Arguments.of(new IllegalArgumentException("merges.txt is odd"), "merges.txt is odd"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysNothingOfTheFolder(Exception fault, String reason) {
        assertThat(FileFaults.reason(fault)).isEqualTo(reason);
    }

    @Test
    void readsTheExceptionsOfRealFiles(@TempDir Path temp) throws IOException {
        Path binary = Files.write(temp.resolve("binary"), new byte[] {(byte) 0xff});

        assertThat(FileFaults.reason(catchThrowableOfType(IOException.class, () -> Files.readString(binary))))
                .isEqualTo("a file is not text in UTF-8");
        assertThat(FileFaults.reason(
                        catchThrowableOfType(IOException.class, () -> Files.readString(binary.resolve("x")))))
                .doesNotContain(temp.toString())
                .startsWith("x");
    }
}
