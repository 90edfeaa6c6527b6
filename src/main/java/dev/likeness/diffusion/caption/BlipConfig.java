package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** The configuration of both networks in the config.json of a BlipForConditionalGeneration folder. */
record BlipConfig(BlipVisionConfig vision, BlipTextConfig text) {

    private static final String ARCHITECTURE = "BlipForConditionalGeneration";

    /**
     * Reads and checks a config.json.
     *
     * @throws InvalidModelException naming the field that is not supported
     */
    static BlipConfig read(Path file) {
        JsonNode json = ModelConfig.tree(file);
        ConfigFields fields = new ConfigFields("", json);
        // BLIP-2 and InstructBLIP have other model types and other networks.
        if (!json.path("model_type").asString("").equals("blip")) {
            throw fields.unsupported("model_type");
        }
        JsonNode architectures = json.path("architectures");
        if (!architectures.isEmpty() && !architectures.get(0).asString("").equals(ARCHITECTURE)) {
            throw fields.unsupported("architectures");
        }
        return new BlipConfig(
                BlipVisionConfig.of(new ConfigFields("vision_config.", json.path("vision_config"))),
                BlipTextConfig.of(new ConfigFields("text_config.", json.path("text_config"))));
    }
}
