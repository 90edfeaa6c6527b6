package dev.likeness.diffusion.singlefile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** A folder that is either complete or absent, also if the process that creates it is interrupted. */
final class WholeFolder {

    /** A file lock excludes other processes, but not other threads of this process. */
    private static final Lock THREADS = new ReentrantLock();

    private final Path folder;

    WholeFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    interface Maker {
        /** Fills a folder that does not exist yet. */
        void make(Path draft) throws IOException;
    }

    /** Creates the folder unless it exists. */
    void makeOnce(Maker maker) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder.resolveSibling("."));
        THREADS.lock();
        try (FileChannel file = FileChannel.open(hidden("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (lock.isValid() && !Files.isDirectory(folder)) {
                make(maker);
            }
        } finally {
            THREADS.unlock();
        }
    }

    private void make(Maker maker) throws IOException {
        Path draft = hidden("part");
        // Left by a process that was killed.
        delete(draft);
        try {
            maker.make(draft);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(draft);
        }
    }

    private Path hidden(String ending) {
        return folder.resolveSibling(".%s.%s".formatted(folder.getFileName(), ending));
    }

    private static void delete(Path draft) throws IOException {
        if (!Files.exists(draft)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> all = Files.walk(draft)) {
            inside = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }
}
