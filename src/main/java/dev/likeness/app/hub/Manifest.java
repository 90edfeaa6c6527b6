package dev.likeness.app.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The needed files of a repository, as listed in its outline.
 *
 * @param files documents and weights
 */
record Manifest(List<RemoteFile> files) {

    private static final String FILE = ".manifest.json";

    void write(Path folder) throws IOException {
        Files.write(folder.resolve(FILE), JsonMapper.shared().writeValueAsBytes(this));
    }

    static Manifest read(Path folder) throws IOException {
        try {
            return JsonMapper.shared().readValue(Files.readAllBytes(folder.resolve(FILE)), Manifest.class);
        } catch (JacksonException e) {
            throw new IOException("the list of files is damaged", e);
        }
    }

    List<RemoteFile> documents() {
        return files.stream().filter(file -> !file.weights()).toList();
    }

    List<RemoteFile> weights() {
        return files.stream().filter(RemoteFile::weights).toList();
    }
}
