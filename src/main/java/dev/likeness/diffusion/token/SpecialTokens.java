package dev.likeness.diffusion.token;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * What a tokenizer's {@code tokenizer_config.json} and {@code special_tokens_map.json} say; the first wins.
 *
 * @param bos stands before every prompt
 * @param eos stands after it
 * @param pad fills up the rest
 * @param unk for what the vocabulary cannot spell
 * @param maxLength ids of an encoded prompt, all of these included
 */
record SpecialTokens(String bos, String eos, String pad, String unk, int maxLength) {

    private static final int CLIP_LENGTH = 77;

    static SpecialTokens read(Path folder) throws IOException {
        JsonNode config = TokenizerFiles.json(folder, "tokenizer_config.json");
        JsonNode map = TokenizerFiles.json(folder, "special_tokens_map.json");
        String eos = content(config, map, "eos_token", "<|endoftext|>");
        return new SpecialTokens(
                content(config, map, "bos_token", "<|startoftext|>"),
                eos,
                content(config, map, "pad_token", eos),
                content(config, map, "unk_token", eos),
                // Where no length was set, transformers writes 1e30.
                (int) Math.min(CLIP_LENGTH, config.path("model_max_length").doubleValue(CLIP_LENGTH)));
    }

    /** A token stands there as a string, or as an object with its content. */
    private static String content(JsonNode config, JsonNode map, String name, String otherwise) {
        JsonNode value = config.hasNonNull(name) ? config.get(name) : map.path(name);
        if (value.isObject()) {
            value = value.path("content");
        }
        return value.stringValue(otherwise);
    }
}
