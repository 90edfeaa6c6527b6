package dev.likeness.app.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The embedded server, for tests that break it. */
final class TestPostgres {

    private TestPostgres() {}

    /** Like {@code kill -9} of its first process. */
    static boolean kill(Path home) {
        try {
            String pid = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                    .get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
