package dev.likeness.app.hub;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that downloads from a repository, until it ends. */
final class HubProcess {

    private HubProcess() {}

    /** @param arguments the cache */
    public static void main(String[] arguments) throws IOException {
        Repository repository = Repository.model("acme/tiny", null, null);
        Path lock = new RepositoryFolder(Path.of(arguments[0]), repository).lock();
        try (RepositoryLock taken = RepositoryLock.take(lock, repository, Pause.SLEEP, DownloadWatch.NONE)) {
            System.out.println("locked");
            System.in.read();
        }
    }
}
