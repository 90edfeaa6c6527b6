package dev.likeness.diffusion.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a model says of itself without its weights being read, wherever it is. */
public interface ModelHeaders {

    /** Whether the model has a part, for instance {@code text_encoder_2}. */
    boolean has(String part);

    /**
     * A JSON file, by its path in the model's folder.
     *
     * @throws InvalidModelException if it is missing or cannot be read
     */
    default JsonNode document(String path) {
        throw new InvalidModelException(path + " is missing");
    }

    /**
     * A part's config.json; a UNet's with what {@link LayerLists} makes of it.
     *
     * @throws InvalidModelException if it is missing or cannot be read
     */
    default JsonNode config(String part) {
        JsonNode config = document(part + "/config.json");
        return part.equals("unet") ? LayerLists.even(config) : config;
    }

    /** The folder of a tokenizer's files; empty if that is a known one, whose files are still to be written. */
    default Optional<Path> tokenizer(String part) {
        return Optional.empty();
    }

    /** Whether the shapes and types of a part's tensors can be known yet: those of PyTorch's own files only after their download. */
    default boolean hasShapes(String part) {
        return true;
    }

    /**
     * The shapes of a part's tensors by their names.
     *
     * @throws InvalidModelException if its weight files are missing or cannot be read
     */
    Map<String, long[]> shapes(String part);

    /**
     * The element types of a part's tensors by their names.
     *
     * @throws InvalidModelException if its weight files are missing or cannot be read
     */
    Map<String, Element> elements(String part);

    /** Those of a folder in the diffusers layout. */
    static ModelHeaders of(Path folder) {
        return new ModelHeaders() {
            @Override
            public boolean has(String part) {
                return Files.isDirectory(folder.resolve(part));
            }

            @Override
            public JsonNode document(String path) {
                return ModelConfig.tree(folder.resolve(path));
            }

            @Override
            public Optional<Path> tokenizer(String part) {
                return Optional.of(folder.resolve(part));
            }

            @Override
            public Map<String, long[]> shapes(String part) {
                Map<String, long[]> shapes = new LinkedHashMap<>();
                entries(part).forEach((name, entry) -> shapes.put(name, entry.shape()));
                return shapes;
            }

            @Override
            public Map<String, Element> elements(String part) {
                Map<String, Element> elements = new LinkedHashMap<>();
                entries(part).forEach((name, entry) -> elements.put(name, entry.element()));
                return elements;
            }

            private Map<String, SafeTensors.Entry> entries(String part) {
                boolean ofDiffusers = part.equals("unet") || part.equals("vae");
                String stem = ofDiffusers ? "diffusion_pytorch_model" : "model";
                return SafeTensors.openModel(folder.resolve(part), stem).entries();
            }
        };
    }
}
