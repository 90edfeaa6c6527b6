package dev.likeness.app.web.adapter;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.AdapterUpload;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Uploads an adapter completely or not at all. */
@Component
class AdapterSubmission {

    private final Adapters adapters;

    AdapterSubmission(Adapters adapters) {
        this.adapters = adapters;
    }

    Adapter submit(AdapterForm form) {
        try {
            Path folder = Files.createTempDirectory("likeness-adapter");
            // Messages contain the file's name, so it gets the name of the form's part.
            Path file = folder.resolve("file");
            try {
                form.file().transferTo(file.toFile());
                return adapters.keep(adapters.check(
                        new AdapterUpload(form.fileName(), file, form.name(), form.model(), form.placeholder())));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "an upload could not be stored", e);
        }
    }
}
