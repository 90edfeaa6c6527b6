package dev.likeness.diffusion.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
        JsonNode config = readOrEmpty(folder.resolve("tokenizer_config.json"));
        JsonNode map = readOrEmpty(folder.resolve("special_tokens_map.json"));
        String eos = content(config, map, "eos_token", "<|endoftext|>");
        return new SpecialTokens(
                content(config, map, "bos_token", "<|startoftext|>"),
                eos,
                content(config, map, "pad_token", eos),
                content(config, map, "unk_token", eos),
                // Where no length was set, transformers writes 1e30.
                (int) Math.min(CLIP_LENGTH, config.path("model_max_length").doubleValue(CLIP_LENGTH)));
    }

    /** The id of a token that has to be in the vocabulary. */
    int id(JsonNode vocabulary, String token) {
        JsonNode id = vocabulary.get(token);
        if (id == null || !id.isInt()) {
            throw new IllegalArgumentException("vocab.json has no token " + token);
        }
        return id.intValue();
    }

    private static JsonNode readOrEmpty(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new ObjectNode(JsonMapper.shared().getNodeFactory());
        }
        return JsonMapper.shared().readTree(Files.readAllBytes(file));
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
