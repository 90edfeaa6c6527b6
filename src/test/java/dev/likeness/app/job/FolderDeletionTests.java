package dev.likeness.app.job;

import dev.likeness.app.TestHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class FolderDeletionTests extends DeletionContract {

    @Override
    Set<String> files() {
        return names(TestHome.path(TestHome.API).resolve("artifacts"));
    }

    static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(it -> it.getFileName().toString())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
