package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.tensor.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The configuration files of a family, without the fields that the shapes of tensors determine. */
final class Templates {

    private static final String INDEX = "model_index.json";
    private static final String CLASS = "_class_name";

    private Templates() {}

    /**
     * The files by their paths.
     *
     * @param own a folder in the diffusers layout whose files replace the family's; null for none
     * @throws InvalidModelException if the folder is of another family
     */
    static Map<String, ObjectNode> of(Family family, @Nullable Path own) {
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        JsonMapper.shared()
                .readTree(Resources.text(Templates.class, family.resource()))
                .properties()
                .forEach(file -> documents.put(
                        file.getKey(), own == null ? file.getValue().asObject() : read(file, own)));
        return documents;
    }

    private static ObjectNode read(Map.Entry<String, JsonNode> published, Path own) {
        Path file = own.resolve(published.getKey());
        if (!Files.isRegularFile(file)) {
            return published.getValue().asObject();
        }
        JsonNode json = ModelConfig.tree(file);
        if (!json.isObject()) {
            throw new InvalidModelException(published.getKey() + " is not a JSON object");
        }
        if (published.getKey().equals(INDEX)
                && !json.path(CLASS).equals(published.getValue().path(CLASS))) {
            throw new InvalidModelException("%s is of %s, but the checkpoint is of %s"
                    .formatted(INDEX, json.path(CLASS), published.getValue().path(CLASS)));
        }
        return json.asObject();
    }
}
