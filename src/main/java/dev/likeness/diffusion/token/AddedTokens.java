package dev.likeness.diffusion.token;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens that a tokenizer finds in a text before byte-pair encoding, as in transformers: tokens that its files add,
 * and all special tokens. {@code !} is one if it is the padding token, as in Stable Diffusion 2.
 *
 * @param known tokens of the vocabulary, by ascending ids
 * @param beyond tokens added to the vocabulary, by ascending ids
 */
record AddedTokens(List<AddedToken> known, List<AddedToken> beyond) {

    /**
     * One such token.
     *
     * @param content its text
     * @param id row of the text encoder's table
     * @param fields how it is found in texts, with the field names of the tokenizers library
     */
    record AddedToken(String content, int id, ObjectNode fields) {}

    /** The same without added tokens, and with only some tokens of the vocabulary. */
    AddedTokens only(Collection<String> contents) {
        return new AddedTokens(
                known.stream().filter(it -> contents.contains(it.content())).toList(), List.of());
    }

    /**
     * Collects the tokens from all files that may name them.
     *
     * @param whole content of {@code tokenizer.json}; empty if the file is missing
     * @throws IllegalArgumentException if a file contradicts itself or another file
     */
    static AddedTokens read(Path folder, JsonNode whole, JsonNode vocabulary, SpecialTokens special)
            throws IOException {
        Reader reader = new Reader(vocabulary);
        for (JsonNode token : whole.path("added_tokens")) {
            reader.add(TokenizerFiles.WHOLE, token.path("content").asString(""), token.path("id"), token);
        }
        TokenizerFiles.json(folder, TokenizerFiles.CONFIG)
                .path(TokenizerFiles.DECODER)
                .properties()
                .forEach(token -> reader.add(
                        TokenizerFiles.CONFIG,
                        token.getValue().path("content").asString(""),
                        JsonMapper.shared().getNodeFactory().numberNode(number(token.getKey())),
                        token.getValue()));
        TokenizerFiles.json(folder, TokenizerFiles.ADDED)
                .properties()
                .forEach(token -> reader.add(
                        TokenizerFiles.ADDED,
                        token.getKey(),
                        token.getValue(),
                        special.all()
                                .getOrDefault(
                                        token.getKey(), JsonMapper.shared().createObjectNode())));
        special.all().forEach((content, fields) -> {
            if (vocabulary.has(content)) {
                reader.add(TokenizerFiles.CONFIG, content, vocabulary.get(content), fields);
            }
        });
        return reader.tokens();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s: added_tokens_decoder has the id %s, which is not a number"
                            .formatted(TokenizerFiles.CONFIG, text),
                    e);
        }
    }

    /** The fields as the tokenizers library takes them, with transformers' defaults for missing ones. */
    private static ObjectNode flags(String content, JsonNode fields) {
        boolean isSpecial = fields.path("special").asBoolean(false);
        return fields(content, isSpecial)
                .put("single_word", fields.path("single_word").asBoolean(false))
                .put("lstrip", fields.path("lstrip").asBoolean(false))
                .put("rstrip", fields.path("rstrip").asBoolean(false))
                .put("normalized", fields.path("normalized").asBoolean(!isSpecial));
    }

    /** Special tokens are found exactly as written. Others are compared after normalisation, in upper or lower case. */
    static ObjectNode fields(String content, boolean isSpecial) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", !isSpecial)
                .put("special", isSpecial);
    }

    private static final class Reader {

        private final JsonNode vocabulary;
        private final Map<String, AddedToken> found = new LinkedHashMap<>();
        private final Map<Integer, String> taken = new LinkedHashMap<>();

        Reader(JsonNode vocabulary) {
            this.vocabulary = vocabulary;
        }

        /** The first file that names a token determines how it is found. */
        void add(String file, String content, JsonNode id, JsonNode fields) {
            if (content.isEmpty() || !id.isInt() || id.intValue() < 0) {
                throw new IllegalArgumentException(
                        "%s: the added token \"%s\" has the id %s".formatted(file, content, id));
            }
            AddedToken token = new AddedToken(content, id.intValue(), flags(content, fields));
            AddedToken before = found.putIfAbsent(content, token);
            String other = before == null ? taken.putIfAbsent(token.id(), content) : null;
            if (before != null && before.id() != token.id() || other != null || contradictsVocabulary(token)) {
                throw new IllegalArgumentException(
                        "%s: the added token %s has the id %d, which another file contradicts or another token has"
                                .formatted(file, content, token.id()));
            }
        }

        private boolean contradictsVocabulary(AddedToken token) {
            JsonNode id = vocabulary.get(token.content());
            return id == null ? token.id() < vocabulary.size() : id.intValue() != token.id();
        }

        AddedTokens tokens() {
            return new AddedTokens(sorted(true), sorted(false));
        }

        private List<AddedToken> sorted(boolean isKnown) {
            return found.values().stream()
                    .filter(it -> vocabulary.has(it.content()) == isKnown)
                    .sorted(Comparator.comparingInt(AddedToken::id))
                    .toList();
        }
    }
}
