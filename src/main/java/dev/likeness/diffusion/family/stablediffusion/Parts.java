package dev.likeness.diffusion.family.stablediffusion;

import dev.likeness.diffusion.family.ModelPart;
import dev.likeness.diffusion.family.stablediffusion.StableDiffusion.Arrangement;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The folders of a model's parts. */
final class Parts {

    static final String UNET = "unet";
    static final String VAE = "vae";

    /** The projections of the UNet's attentions. */
    static final Set<String> UNET_ATTENTION = Set.of("to_q", "to_k", "to_v", "to_out.0");

    private Parts() {}

    /** The parts by their folders, in alphabetical order. */
    static Map<String, ModelPart> of(Arrangement arrangement) {
        Map<String, ModelPart> parts = new TreeMap<>();
        parts.put("scheduler", ModelPart.withoutWeights());
        parts.put(UNET, ModelPart.ofDiffusers("UNet2DConditionModel"));
        parts.put(VAE, ModelPart.ofDiffusers("AutoencoderKL"));
        arrangement.tokenizers().forEach((textEncoder, tokenizer) -> {
            parts.put(
                    textEncoder,
                    ModelPart.ofTransformers(
                            arrangement.projects(textEncoder) ? "CLIPTextModelWithProjection" : "CLIPTextModel"));
            parts.put(tokenizer, ModelPart.withoutWeights("CLIPTokenizer", "CLIPTokenizerFast"));
        });
        return Collections.unmodifiableMap(parts);
    }
}
