package dev.likeness.diffusion.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The headers of a folder in the diffusers layout, apart from its tensors. */
public abstract class FolderHeaders implements ModelHeaders {

    private final Path folder;

    protected FolderHeaders(Path folder) {
        this.folder = folder;
    }

    /** The folder of a part. */
    protected final Path folder(String part) {
        return folder.resolve(part);
    }

    @Override
    public final boolean has(String part) {
        return Files.isDirectory(folder(part));
    }

    @Override
    public final JsonNode document(String path) {
        return ModelConfig.tree(folder.resolve(path));
    }

    @Override
    public final Optional<Path> tokenizer(String part) {
        return Optional.of(folder(part));
    }
}
