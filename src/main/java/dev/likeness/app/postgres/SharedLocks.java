package dev.likeness.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What the processes that share one server agree on through two files: {@code start.lock} is held by the one that
 * starts or stops it, {@code users.lock} is shared by all that use it. The kernel drops the locks of a process that
 * dies. They belong to the JVM, so within one the caller takes turns.
 */
final class SharedLocks implements AutoCloseable {

    private final Path directory;

    private @Nullable FileChannel users;

    private @Nullable FileLock use;

    SharedLocks(Path directory) {
        this.directory = directory;
    }

    /** Runs something that no other process may do at the same time. */
    <T> T exclusively(Action<T> action) throws IOException {
        try (FileChannel channel = open("start.lock")) {
            // Released with the channel.
            FileLock unused = channel.lock();
            return action.run();
        }
    }

    /** Counts this process among the users. */
    void join() throws IOException {
        FileChannel channel = open("users.lock");
        users = channel;
        use = channel.lock(0, Long.MAX_VALUE, true);
    }

    /** Counts this process no longer among the users, and says whether none is left. */
    boolean leave() throws IOException {
        if (users == null || use == null) {
            return false;
        }
        use.release();
        // Kept until the channel is closed: nobody else may take the server for theirs meanwhile.
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

    /** Something done under the start lock. */
    interface Action<T> {
        T run() throws IOException;
    }
}
