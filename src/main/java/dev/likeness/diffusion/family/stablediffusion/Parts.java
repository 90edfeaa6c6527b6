package dev.likeness.diffusion.family.stablediffusion;

import dev.likeness.diffusion.family.stablediffusion.StableDiffusion.Arrangement;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The folders of a model's parts. */
final class Parts {

    static final String UNET = "unet";
    static final String VAE = "vae";

    private Parts() {}

    /** The folders with the supported classes of diffusers and transformers, in alphabetical order. */
    static Map<String, Set<String>> of(Arrangement arrangement) {
        Map<String, Set<String>> parts = new TreeMap<>();
        parts.put("scheduler", Set.of());
        parts.put(UNET, Set.of("UNet2DConditionModel"));
        parts.put(VAE, Set.of("AutoencoderKL"));
        arrangement.tokenizers().forEach((textEncoder, tokenizer) -> {
            parts.put(
                    textEncoder,
                    Set.of(arrangement.projects(textEncoder) ? "CLIPTextModelWithProjection" : "CLIPTextModel"));
            parts.put(tokenizer, Set.of("CLIPTokenizer", "CLIPTokenizerFast"));
        });
        return Collections.unmodifiableMap(parts);
    }
}
