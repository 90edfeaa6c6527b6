package dev.likeness.diffusion.singlefile;

import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * A network of a family, and its location in files.
 *
 * @param folder in the diffusers layout
 * @param stem of its weight file there
 * @param prefix of its tensors' names in the checkpoint
 * @param part creates its reader from its tensors and the initial fields of its config.json
 */
record Network(String folder, String stem, String prefix, BiFunction<Tensors, JsonNode, Part> part) {

    static final Network UNET = new Network(
            "unet", "diffusion_pytorch_model", "model.diffusion_model.", (tensors, config) -> new UnetPart(tensors));

    static final Network VAE = new Network(
            "vae", "diffusion_pytorch_model", "first_stage_model.", (tensors, config) -> new VaePart(tensors));

    static Network clip(String prefix) {
        return new Network("text_encoder", "model", prefix, (tensors, config) -> new ClipPart(tensors));
    }

    static Network openClip(String folder, String prefix, BiFunction<Tensors, JsonNode, Part> part) {
        return new Network(folder, "model", prefix, part);
    }

    /** Its configuration in the diffusers layout. */
    String configFile() {
        return folder + "/config.json";
    }

    /** Its weights in the diffusers layout. */
    String weightFile() {
        return "%s/%s.safetensors".formatted(folder, stem);
    }
}
