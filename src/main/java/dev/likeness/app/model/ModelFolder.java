package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A model whose files are already a folder in the diffusers layout. */
final class ModelFolder implements ModelFiles {

    private final String id;
    private final Path folder;

    ModelFolder(String id, Path folder) {
        this.id = id;
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public boolean has(String path) {
        return Files.isRegularFile(folder.resolve(path));
    }

    @Override
    public JsonNode json(String path) {
        try {
            return ModelConfig.tree(folder.resolve(path));
        } catch (InvalidModelException e) {
            throw new UnusableModelException(id, String.valueOf(e.getMessage()), e);
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
