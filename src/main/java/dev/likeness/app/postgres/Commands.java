package dev.likeness.app.postgres;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands. */
final class Commands {

    private Commands() {}

    /**
     * Runs a command to its end.
     *
     * @return what it wrote to both streams
     * @throws IOException with that text if it fails or takes too long
     */
    static String run(Duration limit, List<String> command) throws IOException {
        // The output goes to a file, because a server that the command starts would keep a pipe open.
        Path output = Files.createTempFile("likeness", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("%s took over %s: %s".formatted(command, limit, Files.readString(output)));
            }
            if (process.exitValue() != 0) {
                throw new IOException("%s ended with %d: %s"
                        .formatted(
                                command,
                                process.exitValue(),
                                Files.readString(output).strip()));
            }
            return Files.readString(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while running " + command);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Whether a command can be run here and succeeds. */
    static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
