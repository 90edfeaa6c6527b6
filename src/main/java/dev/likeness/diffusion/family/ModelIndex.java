package dev.likeness.diffusion.family;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A model_index.json: the pipeline and the parts of a folder in the diffusers layout. */
public final class ModelIndex {

    /** Its name in the folder. */
    public static final String FILE = "model_index.json";

    /** Parts that neither training nor sampling needs. */
    private static final Set<String> IGNORED =
            Set.of("safety_checker", "feature_extractor", "image_encoder", "watermark");

    private static final String SCHEDULER = "scheduler";

    private final JsonNode json;

    private ModelIndex(JsonNode json) {
        this.json = json;
    }

    /**
     * Reads the file of a model.
     *
     * @throws InvalidModelException if the file is missing or cannot be read
     */
    public static ModelIndex read(ModelHeaders model) {
        return new ModelIndex(model.document(FILE));
    }

    /** The pipeline's class in diffusers; empty if the file does not state it. */
    public String pipeline() {
        return json.path("_class_name").asString("");
    }

    /** A boolean field of the pipeline. */
    public boolean flag(String field, boolean otherwise) {
        return json.path(field).asBoolean(otherwise);
    }

    /**
     * Checks that a family supports the class of every part.
     *
     * @throws InvalidModelException naming the first unsupported part
     */
    public void requireKnownParts(ModelFamily family) {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            JsonNode value = entry.getValue();
            String part = entry.getKey();
            if (!value.isArray() || value.size() != 2 || value.get(1).isNull() || IGNORED.contains(part)) {
                continue;
            }
            String type = value.get(1).asString();
            if (part.equals(SCHEDULER)) {
                requireScheduler(family, type);
            } else if (!supports(family.parts().get(part), type)) {
                throw new InvalidModelException(
                        "model_index.json: the part %s, a %s, is not supported".formatted(part, type));
            }
        }
    }

    private static boolean supports(@Nullable ModelPart part, String type) {
        return part != null && part.classes().contains(type);
    }

    private static void requireScheduler(ModelFamily family, String type) {
        try {
            family.requireScheduler(type);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("model_index.json: " + e.getMessage(), e);
        }
    }
}
