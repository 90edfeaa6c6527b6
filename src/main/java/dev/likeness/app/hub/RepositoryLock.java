package dev.likeness.app.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A lock per repository, over all threads of all processes on this machine: one downloads at a time. */
final class RepositoryLock implements AutoCloseable {

    /** A file lock excludes other processes, but not other threads of this process. */
    private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    private final Semaphore thread;
    private final FileChannel channel;
    private final FileLock lock;

    private RepositoryLock(Semaphore thread, FileChannel channel, FileLock lock) {
        this.thread = thread;
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits until the lock is free. */
    static RepositoryLock take(Path file, Repository repository, Pause pause, DownloadWatch watch) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        RepositoryLock taken = tryTake(file);
        if (taken == null) {
            watch.waiting(repository.toString());
        }
        while (taken == null) {
            pause.await(Pause.MOMENT, watch);
            taken = tryTake(file);
        }
        return taken;
    }

    /** Whether the lock is held. */
    static boolean isTaken(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (RepositoryLock taken = tryTake(file)) {
            return taken == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable RepositoryLock tryTake(Path file) throws IOException {
        Semaphore thread = THREADS.computeIfAbsent(file, key -> new Semaphore(1));
        if (!thread.tryAcquire()) {
            return null;
        }
        FileChannel channel = null;
        RepositoryLock taken = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            taken = lock == null ? null : new RepositoryLock(thread, channel, lock);
            return taken;
        } finally {
            if (taken == null) {
                if (channel != null) {
                    channel.close();
                }
                thread.release();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            thread.release();
        }
    }
}
