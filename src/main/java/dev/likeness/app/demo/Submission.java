package dev.likeness.app.demo;

import dev.likeness.client.ApiClient;
import dev.likeness.client.ApiException;
import dev.likeness.client.api.JobsApi;
import dev.likeness.client.api.SubjectsApi;
import dev.likeness.client.model.Job;
import dev.likeness.client.model.JobRequest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.util.FileSystemUtils;

/** Submits a picture set. The client sends files, so bundled pictures are copied out of the jar. */
final class Submission {

    private Submission() {}

    /** @throws IOException if the pictures cannot be copied */
    static Job send(ApiClient client, PictureSet set) throws ApiException, IOException {
        Path folder = Files.createTempDirectory("likeness-demo");
        try {
            UUID subject = new SubjectsApi(client)
                    .createSubject(set.classWord(), null, copies(set, folder), List.of(), List.of())
                    .getId();
            return new JobsApi(client).createJobForSubject(subject, null, null, null, new JobRequest());
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static List<File> copies(PictureSet set, Path folder) throws IOException {
        List<File> copies = new ArrayList<>();
        for (Resource picture : set.pictures()) {
            Path copy = folder.resolve(Objects.requireNonNull(picture.getFilename()));
            try (InputStream in = picture.getInputStream()) {
                Files.copy(in, copy);
            }
            copies.add(copy.toFile());
        }
        return copies;
    }
}
