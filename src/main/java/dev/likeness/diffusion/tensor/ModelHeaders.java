package dev.likeness.diffusion.tensor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is known about a model before its weights are read, in a folder or on the hub. */
public interface ModelHeaders {

    /** Whether the model has a part, for instance {@code text_encoder_2}. */
    boolean has(String part);

    /**
     * A JSON file, by its path in the model's folder.
     *
     * @throws InvalidModelException if the file is missing or cannot be read
     */
    default JsonNode document(String path) {
        throw new InvalidModelException(path + " is missing");
    }

    /**
     * A part's config.json.
     *
     * @throws InvalidModelException if the file is missing or cannot be read
     */
    default JsonNode config(String part) {
        return document(part + "/config.json");
    }

    /** The folder of a tokenizer's files. Empty for a well-known tokenizer whose files are not written yet. */
    default Optional<Path> tokenizer(String part) {
        return Optional.empty();
    }

    /**
     * Whether the shapes and types of a part's tensors are known. For PyTorch's own files they are known only after the
     * download.
     */
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

    /** The headers of a folder in the diffusers layout. */
    static ModelHeaders of(Path folder) {
        return new FolderHeaders(folder) {
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
                Path own = folder(part);
                return SafeTensors.openModel(own, WeightFiles.in(own).stem()).entries();
            }
        };
    }
}
