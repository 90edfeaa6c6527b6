package dev.likeness.app.artifact;

import dev.likeness.app.TestHome;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Autowired;

class FolderSweepTests extends SweepContract {

    @Autowired
    StoredFiles files;

    @Override
    StoredFiles store() {
        return files;
    }

    @Override
    Path place(String sha256) {
        return TestHome.path(TestHome.API)
                .resolve("artifacts")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }
}
