package dev.likeness.app.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashFolderTests extends ContentsContract {

    @TempDir
    Path root;

    @Override
    Contents contents() {
        return new HashFolder(root);
    }

    @Override
    Path folder() {
        return root;
    }

    @Override
    Path place(String sha256) {
        return root.resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    @Override
    Set<String> kept() throws IOException {
        return files(root);
    }

    @Test
    void deletesDraftsOfDeadProcesses() throws IOException {
        write("hello");
        Path draft = Files.writeString(root.resolve("tmp").resolve("draft"), "begun");

        contents.deleteDrafts(Instant.now().minus(Duration.ofHours(1)));
        assertThat(draft).exists();

        contents.deleteDrafts(Instant.now().plusSeconds(60));
        assertThat(kept()).containsExactly(HELLO);
    }

    static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(it -> it.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }
}
