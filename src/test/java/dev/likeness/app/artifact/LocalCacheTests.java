package dev.likeness.app.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.artifact.StorageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class LocalCacheTests {

    @TempDir
    Path folder;

    LocalCache cache;

    @BeforeEach
    void open() {
        cache = new LocalCache(folder, DataSize.ofBytes(1000), Clock.systemUTC());
    }

    @Test
    void makesRoomByTheLeastRecentlyUsed() throws IOException {
        String oldest = keep(1);
        String old = keep(2);
        String askedFor = keep(3);
        age(oldest, Duration.ofHours(3));
        age(old, Duration.ofHours(2));
        age(askedFor, Duration.ofHours(4));
        cache.local(askedFor);

        String recent = keep(4);

        assertThat(copies()).containsExactlyInAnyOrder(old, askedFor, recent);
    }

    @Test
    void deletesNothingThatAProcessMayBeAboutToOpen() throws IOException {
        String old = keep(1);
        String inUse = keep(2);
        age(old, LocalCache.IN_USE.plusSeconds(60));
        age(inUse, LocalCache.IN_USE.minusSeconds(60));

        String third = keep(3);
        String fourth = keep(4);
        String fifth = keep(5);

        assertThat(copies()).containsExactlyInAnyOrder(inUse, third, fourth, fifth);
    }

    @Test
    void countsReadingAsAskingFor() throws IOException {
        String read = keep(1);
        String other = keep(2);
        age(read, Duration.ofHours(2));
        age(other, Duration.ofHours(1));
        cache.bytes(read);

        keep(3);
        keep(4);

        assertThat(copies()).contains(read).doesNotContain(other);
    }

    @Test
    void saysThatThereIsNoCopy() {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> cache.local("0".repeat(64)))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.MISSING));
    }

    @Test
    void forgetsWhatIsNoLongerKept() throws IOException {
        String deleted = keep(1);
        String kept = keep(2);
        String recent = keep(3);
        age(deleted, Duration.ofHours(1));
        age(kept, Duration.ofHours(1));

        cache.forget(files -> {
            assertThat(files).containsExactlyInAnyOrder(deleted, kept);
            return List.of(deleted);
        });

        assertThat(copies()).containsExactlyInAnyOrder(kept, recent);
    }

    @Test
    void deletesDraftsOfDeadProcesses() throws IOException {
        Path begun = cache.draft("text/plain", out -> out.write('x')).path();
        Path old = cache.draft("text/plain", out -> out.write('x')).path();
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

        cache.forget(files -> List.of());

        assertThat(begun).exists();
        assertThat(old).doesNotExist();
    }

    /** A file of 300 bytes. */
    private String keep(int content) {
        byte[] bytes = new byte[300];
        bytes[0] = (byte) content;
        try (Draft draft = cache.draft("text/plain", out -> out.write(bytes))) {
            cache.keep(draft);
            return draft.file().sha256();
        }
    }

    private void age(String sha256, Duration age) throws IOException {
        Path copy = folder.resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minus(age)));
    }

    private Set<String> copies() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(it -> it.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }
}
