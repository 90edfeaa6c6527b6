package dev.likeness.app.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a model folder in the diffusers layout says of itself, without touching its weights. */
final class ModelFolder {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final String id;
    private final Path folder;
    private final JsonMapper json;

    ModelFolder(String id, Path folder, JsonMapper json) {
        this.id = id;
        this.folder = folder.toAbsolutePath().normalize();
        this.json = json;
    }

    BaseModel describe(BaseModel.Source source) {
        JsonNode index = read("model_index.json");
        JsonNode unet = read("unet/config.json");
        JsonNode vae = read("vae/config.json");
        int pixelsPerLatent = scale(vae, "vae/config.json");
        JsonNode own = Files.exists(folder.resolve("likeness.json")) ? read("likeness.json") : json.createObjectNode();
        return new BaseModel(
                id,
                own.path("description").asString(""),
                source,
                index.path("_class_name").asString(""),
                number(unet, "sample_size", "unet/config.json") * pixelsPerLatent,
                pixelsPerLatent * scale(unet, "unet/config.json"),
                own.has("spec") ? json.convertValue(own.get("spec"), OBJECT) : Map.of(),
                folder);
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

    private JsonNode read(String file) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new UnusableModelException(id, "there is no " + path);
        }
        try {
            return json.readTree(path.toFile());
        } catch (JacksonException e) {
            throw new UnusableModelException(id, path + " cannot be read as JSON", e);
        }
    }
}
