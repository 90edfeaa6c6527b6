package dev.likeness.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates the processes that share one server through two files. The process that starts or stops the server holds
 * {@code start.lock}. All processes that use it share {@code users.lock}. The kernel releases the locks of a dead
 * process. The locks belong to the JVM, so callers within one JVM must exclude each other.
 */
final class SharedLocks implements AutoCloseable {

    private final Path directory;

    private @Nullable FileChannel users;

    private @Nullable FileLock use;

    SharedLocks(Path directory) {
        this.directory = directory;
    }

    /** Runs an action that only one process may run at a time. */
    <T> T exclusively(Action<T> action) throws IOException {
        try (FileChannel channel = open("start.lock")) {
            // Released with the channel.
            FileLock unused = channel.lock();
            return action.run();
        }
    }

    /** Adds this process to the users. */
    void join() throws IOException {
        FileChannel channel = open("users.lock");
        users = channel;
        use = channel.lock(0, Long.MAX_VALUE, true);
    }

    /** Removes this process from the users, and returns whether no user is left. */
    boolean leave() throws IOException {
        if (users == null || use == null) {
            return false;
        }
        use.release();
        // Held until the channel is closed, so that no other process can start to use the server meanwhile.
        return users.tryLock() != null;
    }

    @Override
    public void close() {
        if (users != null) {
            try {
                users.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** An action under the start lock. */
    interface Action<T> {
        T run() throws IOException;
    }
}
