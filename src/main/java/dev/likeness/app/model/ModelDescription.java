package dev.likeness.app.model;

import dev.likeness.diffusion.caption.CaptionLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a model says of itself, without touching its weights. */
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

    BaseModel describe(BaseModel.Source source) {
        JsonNode index = files.json("model_index.json");
        JsonNode unet = files.json("unet/config.json");
        JsonNode vae = files.json("vae/config.json");
        int pixelsPerLatent = scale(vae, "vae/config.json");
        JsonNode own = files.has("likeness.json") ? files.json("likeness.json") : json.createObjectNode();
        return new BaseModel(
                id,
                own.path("description").asString(""),
                source,
                index.path("_class_name").asString(""),
                number(unet, "sample_size", "unet/config.json") * pixelsPerLatent,
                pixelsPerLatent * scale(unet, "unet/config.json"),
                own.has("spec") ? json.convertValue(own.get("spec"), OBJECT) : Map.of(),
                captionLists(own));
    }

    private @Nullable CaptionLists captionLists(JsonNode own) {
        if (!own.has("captions")) {
            return null;
        }
        if (!files.has("clip/config.json")) {
            throw new UnusableModelException(id, "likeness.json lists captions, but there is no clip to choose them");
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
                throw new IllegalArgumentException(field + " holds what is no text");
            }
            texts.add(text.asString());
        }
        return texts;
    }

    /** By how much a network shrinks a picture: every block but the last halves it. */
    private int scale(JsonNode config, String file) {
        int blocks = config.path("block_out_channels").size();
        if (blocks == 0) {
            throw new UnusableModelException(id, file + " has no block_out_channels");
        }
        return 1 << (blocks - 1);
    }

    private int number(JsonNode config, String field, String file) {
        if (!config.path(field).isInt()) {
            throw new UnusableModelException(id, "%s has no %s".formatted(file, field));
        }
        return config.get(field).asInt();
    }
}
