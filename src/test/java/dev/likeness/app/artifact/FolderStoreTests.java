package dev.likeness.app.artifact;

import org.springframework.beans.factory.annotation.Autowired;

class FolderStoreTests extends ArtifactStoreContract {

    @Autowired
    StoredFiles files;

    @Override
    StoredFiles store() {
        return files;
    }
}
