package dev.likeness.app.model;

import dev.likeness.diffusion.caption.CaptionLists;
import dev.likeness.diffusion.inspection.ModelCheck;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks a model and reads its configuration, without reading its weights. */
final class ModelDescription {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final String id;
    private final ModelFiles files;
    private final JsonMapper json;

    ModelDescription(String id, ModelFiles files, JsonMapper json) {
        this.id = id;
        this.files = files;
        this.json = json;
    }

    /** @throws InvalidModelException with the reason, if it cannot be used */
    BaseModel describe(BaseModel.Source source) {
        ModelCheck.Facts facts = ModelCheck.check(files.headers());
        JsonNode own = files.has("likeness.json") ? files.json("likeness.json") : json.createObjectNode();
        return new BaseModel(
                id,
                own.path("description").asString(""),
                source,
                facts,
                own.has("spec") ? spec(own.get("spec")) : Map.of(),
                captionLists(own));
    }

    private Map<String, Object> spec(JsonNode spec) {
        if (!spec.isObject()) {
            throw new UnusableModelException(id, "the spec in likeness.json is not an object");
        }
        return json.convertValue(spec, OBJECT);
    }

    private @Nullable CaptionLists captionLists(JsonNode own) {
        if (!own.has("captions")) {
            return null;
        }
        if (!files.has("clip/config.json")) {
            throw new UnusableModelException(
                    id, "likeness.json lists captions, but the model has no CLIP (folder clip) to choose among them");
        }
        JsonNode captions = own.get("captions");
        try {
            return new CaptionLists(
                    texts(captions, "styles"), captions.path("style_margin").asDouble(0), texts(captions, "scenes"));
        } catch (IllegalArgumentException e) {
            throw new UnusableModelException(id, "the captions in likeness.json are wrong: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(JsonNode captions, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : captions.path(field)) {
            if (!text.isString() || text.asString().isBlank()) {
                throw new IllegalArgumentException(field + " has an entry that is not text");
            }
            texts.add(text.asString());
        }
        return texts;
    }
}
