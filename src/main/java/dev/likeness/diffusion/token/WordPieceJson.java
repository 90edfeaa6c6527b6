package dev.likeness.diffusion.token;

import dev.likeness.diffusion.tensor.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a {@code tokenizer.json} for Hugging Face's tokenizers library from BERT's {@code vocab.txt} and
 * {@code tokenizer_config.json}, as transformers converts them.
 */
final class WordPieceJson {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_WORD = 100;

    private final ObjectNode vocabulary;
    private final JsonNode config;

    private WordPieceJson(ObjectNode vocabulary, JsonNode config) {
        this.vocabulary = vocabulary;
        this.config = config;
    }

    /** Reads a folder with {@code vocab.txt}, one token per line, and optionally {@code tokenizer_config.json}. */
    static JsonNode read(Path folder) throws IOException {
        ObjectNode vocabulary = JSON.createObjectNode();
        for (String token : Files.readAllLines(folder.resolve("vocab.txt"))) {
            vocabulary.put(token, vocabulary.size());
        }
        Path config = folder.resolve("tokenizer_config.json");
        return new WordPieceJson(
                        vocabulary,
                        Files.exists(config) ? ModelConfig.parse(Files.readString(config)) : JSON.createObjectNode())
                .build();
    }

    private ObjectNode build() {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        root.set("added_tokens", specialTokens());
        root.set(
                "normalizer",
                JSON.createObjectNode()
                        .put("type", "BertNormalizer")
                        .put("clean_text", true)
                        .put(
                                "handle_chinese_chars",
                                config.path("tokenize_chinese_chars").booleanValue(true))
                        .set(
                                "strip_accents",
                                config.path("strip_accents").isBoolean()
                                        ? config.get("strip_accents")
                                        : JSON.nullNode())
                        .put("lowercase", config.path("do_lower_case").booleanValue(true)));
        root.set("pre_tokenizer", JSON.createObjectNode().put("type", "BertPreTokenizer"));
        root.set(
                "decoder",
                JSON.createObjectNode()
                        .put("type", "WordPiece")
                        .put("prefix", "##")
                        .put("cleanup", true));
        root.set(
                "model",
                JSON.createObjectNode()
                        .put("type", "WordPiece")
                        .put("unk_token", token("unk_token", "[UNK]"))
                        .put("continuing_subword_prefix", "##")
                        .put("max_input_chars_per_word", LONGEST_WORD)
                        .set("vocab", vocabulary));
        return root;
    }

    private ArrayNode specialTokens() {
        Set<String> special = new LinkedHashSet<>(List.of(
                token("pad_token", "[PAD]"),
                token("unk_token", "[UNK]"),
                token("cls_token", "[CLS]"),
                token("sep_token", "[SEP]"),
                token("mask_token", "[MASK]")));
        // Older and newer names of the list in transformers.
        for (String field : List.of("additional_special_tokens", "extra_special_tokens")) {
            config.path(field).forEach(token -> special.add(content(token, "")));
        }
        ArrayNode tokens = JSON.createArrayNode();
        special.stream()
                .filter(vocabulary::has)
                .forEach(token -> tokens.addObject()
                        .put("id", vocabulary.get(token).intValue())
                        .put("content", token)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true));
        return tokens;
    }

    private String token(String field, String otherwise) {
        return content(config.path(field), otherwise);
    }

    /** A token is a string, or an object with its content. */
    private static String content(JsonNode token, String otherwise) {
        return (token.isObject() ? token.path("content") : token).stringValue(otherwise);
    }
}
