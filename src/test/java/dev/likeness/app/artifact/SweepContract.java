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
        jdbc.sql("delete from stored_file where sha256 in (?, ?)")
                .params(old.sha256(), recent.sha256())
                .update();

        sweep.sweep();

        assertThat(path(old)).doesNotExist();
        assertThat(path(recent)).exists();
    }

    private StoredFile put() {
        return put(UUID.randomUUID().toString());
    }

    private void age(StoredFile... files) {
        for (StoredFile file : files) {
            jdbc.sql("update stored_file set created_at = now() - interval '61 minutes' where sha256 = ?")
                    .param(file.sha256())
                    .update();
        }
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
    }

    private Path path(StoredFile file) {
        return place(file.sha256());
    }
}
