package dev.likeness.diffusion.token;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of {@code tokenizer_config.json} and {@code special_tokens_map.json}. As in transformers, the second file
 * takes precedence, but is ignored if the first has {@code added_tokens_decoder}.
 *
 * @param bos start token of every prompt
 * @param eos end token
 * @param pad padding token
 * @param unk token for text that the vocabulary cannot encode
 * @param maxLength length of an encoded prompt, with these tokens; at least 3
 * @param all these and further special tokens, with the fields that determine how they are found in texts
 */
record SpecialTokens(String bos, String eos, String pad, String unk, int maxLength, Map<String, ObjectNode> all) {

    private static final int CLIP_LENGTH = 77;

    /** Start, one token, end. */
    private static final int SHORTEST = 3;

    private static final String MAX_LENGTH = "model_max_length";

    /** Older and newer names in transformers for the list of further special tokens. */
    private static final List<String> FURTHER = List.of("additional_special_tokens", "extra_special_tokens");

    private static final Set<String> FIELDS =
            Set.of("bos_token", "eos_token", "unk_token", "pad_token", FURTHER.get(0), FURTHER.get(1), MAX_LENGTH);

    static SpecialTokens read(Path folder) throws IOException {
        Map<String, JsonNode> said = said(folder);
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        String bos = add(all, said.get("bos_token"), "<|startoftext|>");
        String eos = add(all, said.get("eos_token"), "<|endoftext|>");
        String unk = add(all, said.get("unk_token"), eos);
        String pad = add(all, said.get("pad_token"), eos);
        for (String field : FURTHER) {
            JsonNode further = said.get(field);
            if (further != null) {
                further.forEach(token -> add(all, token, eos));
            }
        }
        return new SpecialTokens(bos, eos, pad, unk, maxLength(said.get(MAX_LENGTH)), all);
    }

    /** The non-null fields of both files. */
    private static Map<String, JsonNode> said(Path folder) throws IOException {
        JsonNode config = TokenizerFiles.json(folder, TokenizerFiles.CONFIG);
        Map<String, JsonNode> said = new LinkedHashMap<>();
        config.properties().forEach(it -> said.put(it.getKey(), it.getValue()));
        if (!config.has(TokenizerFiles.DECODER)) {
            TokenizerFiles.json(folder, "special_tokens_map.json")
                    .properties()
                    .forEach(it -> said.put(it.getKey(), it.getValue()));
        }
        said.values().removeIf(JsonNode::isNull);
        return said;
    }

    /**
     * The fields that this class reads, as far as a folder's files have them, in the form of
     * {@code tokenizer_config.json}.
     */
    static ObjectNode config(Path folder) throws IOException {
        Map<String, JsonNode> said = said(folder);
        said.keySet().retainAll(FIELDS);
        ObjectNode config = JsonMapper.shared().createObjectNode();
        said.forEach(config::set);
        return said.containsKey(MAX_LENGTH) ? config.put(MAX_LENGTH, maxLength(said.get(MAX_LENGTH))) : config;
    }

    /** A token is a string, or an object with its content. */
    private static String add(Map<String, ObjectNode> all, @Nullable JsonNode token, String otherwise) {
        ObjectNode fields = token instanceof ObjectNode object
                ? object.deepCopy()
                : JsonMapper.shared().createObjectNode();
        JsonNode text = token instanceof ObjectNode ? token.path("content") : token;
        String content = text == null ? otherwise : text.stringValue(otherwise);
        all.putIfAbsent(content, fields.put("special", true));
        return content;
    }

    private static int maxLength(@Nullable JsonNode length) {
        if (length == null) {
            return CLIP_LENGTH;
        }
        if (!length.isNumber() || !(length.doubleValue() >= SHORTEST)) {
            throw new IllegalArgumentException("%s: %s is %s, but start, one token and end need at least %d"
                    .formatted(TokenizerFiles.CONFIG, MAX_LENGTH, length, SHORTEST));
        }
        // transformers writes 1e30 for an unset length.
        return (int) Math.min(CLIP_LENGTH, length.doubleValue());
    }
}
