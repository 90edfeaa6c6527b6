package dev.likeness.app.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is swept wherever the content of files is. */
abstract class SweepContract extends StoredFilesContract {

    private ArtifactSweep sweep;

    /** Where the content of a file is. */
    abstract Path place(String sha256);

    @BeforeEach
    void openSweep() {
        sweep = new ArtifactSweep(store, jdbc, Clock.systemUTC());
    }

    @Test
    void deletesWhatNothingRefersTo() throws IOException {
        StoredFile old = put();
        StoredFile keptAnew = put();
        StoredFile inUse = put();
        StoredFile recent = put();
        use(inUse);
        age(old, keptAnew, inUse);
        age(path(old));
        age(path(inUse));

        sweep.sweep();

        assertThat(rows(old)).isZero();
        assertThat(path(old)).doesNotExist();
        for (StoredFile kept : new StoredFile[] {keptAnew, inUse, recent}) {
            assertThat(rows(kept)).isOne();
            assertThat(path(kept)).exists();
        }
    }

    @Test
    void deletesFilesWithoutARow() throws IOException {
        StoredFile old = put();
        StoredFile recent = put();
        age(path(old));
        database().files().delete(old.sha256());
        database().files().delete(recent.sha256());

        sweep.sweep();

        assertThat(path(old)).doesNotExist();
        assertThat(path(recent)).exists();
    }

    private StoredFile put() {
        return put(UUID.randomUUID().toString());
    }

    private void age(StoredFile... files) {
        for (StoredFile file : files) {
            database().files().age(file.sha256(), Duration.ofMinutes(61));
        }
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    }

    private Path path(StoredFile file) {
        return place(file.sha256());
    }
}
