package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.diffusion.plan.ModelHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model that is a folder in the diffusers layout already. */
final class ModelFolder implements ModelFiles {

    private final String id;
    private final Path folder;
    private final JsonMapper json;

    ModelFolder(String id, Path folder, JsonMapper json) {
        this.id = id;
        this.folder = folder.toAbsolutePath().normalize();
        this.json = json;
    }

    @Override
    public boolean has(String path) {
        return Files.isRegularFile(folder.resolve(path));
    }

    @Override
    public JsonNode json(String path) {
        Path file = folder.resolve(path);
        if (!has(path)) {
            throw new UnusableModelException(id, "there is no " + file);
        }
        try {
            return json.readTree(file.toFile());
        } catch (JacksonException e) {
            throw new UnusableModelException(id, file + " cannot be read as JSON", e);
        }
    }

    @Override
    public ModelHeaders headers() {
        return ModelHeaders.of(folder);
    }

    @Override
    public Path documents() {
        return folder;
    }

    @Override
    public Path folder(DownloadWatch watch) {
        return folder;
    }
}
