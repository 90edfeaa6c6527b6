package dev.likeness.diffusion.token;

import dev.likeness.diffusion.tensor.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CLIP tokenizer's folder, as any version of transformers saves it: the byte-pair encoding stands in {@code vocab.json} and
 * {@code merges.txt}, or in {@code tokenizer.json} alone; tokens that were added to it also in {@code added_tokens.json} or
 * in {@code tokenizer_config.json}. Needs no native library.
 */
public final class TokenizerFiles {

    /** The files that tell of the vocabulary and of tokens besides it. */
    public static final List<String> NAMES = List.of("vocab.json", "merges.txt", "tokenizer.json", "added_tokens.json");

    private static final String VOCABULARY = NAMES.get(0);
    private static final String MERGES = NAMES.get(1);
    private static final String WHOLE = NAMES.get(2);
    private static final String ADDED = NAMES.get(3);
    private static final String CONFIG = "tokenizer_config.json";
    private static final String END_OF_WORD = "</w>";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode vocabulary;
    private final ArrayNode merges;
    private final SpecialTokens special;
    private final List<AddedToken> added;

    private TokenizerFiles(JsonNode vocabulary, ArrayNode merges, SpecialTokens special, List<AddedToken> added) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.special = special;
        this.added = added;
    }

    /** The same tokenizer without added tokens: their texts are spelled. */
    TokenizerFiles withoutAdded() {
        return new TokenizerFiles(vocabulary, merges, special, List.of());
    }

    /** Whether a folder holds a tokenizer. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(WHOLE)) || Files.exists(folder.resolve(VOCABULARY));
    }

    /**
     * Reads a folder.
     *
     * @throws IOException if files are missing or cannot be read
     * @throws IllegalArgumentException naming the file, if one is no JSON, describes another kind of tokenizer, or
     *     contradicts another
     */
    public static TokenizerFiles read(Path folder) throws IOException {
        JsonNode vocabulary;
        ArrayNode merges = JSON.createArrayNode();
        JsonNode whole = json(folder, WHOLE);
        if (Files.exists(folder.resolve(VOCABULARY)) && Files.exists(folder.resolve(MERGES))) {
            vocabulary = json(folder, VOCABULARY);
            for (String line : Files.readAllLines(folder.resolve(MERGES))) {
                addMerge(merges, line);
            }
        } else if (whole.isEmpty()) {
            throw new NoSuchFileException(
                    folder.toString(), null, "neither %s with %s nor %s".formatted(VOCABULARY, MERGES, WHOLE));
        } else {
            JsonNode model = whole.path("model");
            requireClip(model);
            vocabulary = model.path("vocab");
            for (JsonNode merge : model.path("merges")) {
                if (merge.isArray()) {
                    merges.add(merge);
                } else {
                    addMerge(merges, merge.asString());
                }
            }
        }
        SpecialTokens special = SpecialTokens.read(folder);
        requireIds(vocabulary);
        return new TokenizerFiles(vocabulary, merges, special, new Additions(vocabulary).read(folder, whole));
    }

    private static void requireClip(JsonNode model) {
        boolean isClip = model.path("type").asString("BPE").equals("BPE")
                && model.path("end_of_word_suffix").asString("").equals(END_OF_WORD);
        if (!isClip) {
            throw new IllegalArgumentException(
                    "%s: it is no byte-pair encoding of CLIP, but %s with end_of_word_suffix %s"
                            .formatted(WHOLE, model.path("type"), model.path("end_of_word_suffix")));
        }
    }

    private static void requireIds(JsonNode vocabulary) {
        if (!vocabulary.isObject() || vocabulary.isEmpty()) {
            throw new IllegalArgumentException("the tokenizer's vocabulary is empty");
        }
        for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
            if (!token.getValue().isInt() || token.getValue().intValue() < 0) {
                throw new IllegalArgumentException("the token %s of the tokenizer's vocabulary has the id %s"
                        .formatted(token.getKey(), token.getValue()));
            }
        }
    }

    private static void addMerge(ArrayNode merges, String line) {
        int space = line.indexOf(' ');
        if (space > 0 && !line.startsWith("#version")) {
            merges.addArray()
                    .add(line.substring(0, space))
                    .add(line.substring(space + 1).strip());
        }
    }

    /** A JSON file of the folder; an empty object where there is none. */
    static JsonNode json(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return JSON.createObjectNode();
        }
        JsonNode json;
        try {
            json = ModelConfig.parse(Files.readString(file));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(name + " cannot be read as JSON", e);
        }
        if (!(json instanceof ObjectNode)) {
            throw new IllegalArgumentException(name + " holds no JSON object");
        }
        return json;
    }

    /** Ids by tokens, without those that were added to it. */
    JsonNode vocabulary() {
        return vocabulary;
    }

    /** Pairs of tokens, the most frequent first. */
    ArrayNode merges() {
        return merges;
    }

    SpecialTokens special() {
        return special;
    }

    /** Tokens besides the vocabulary, by ascending ids. */
    List<AddedToken> added() {
        return added;
    }

    /** Whether a token is one of the added ones, in whatever case. */
    public boolean adds(String token) {
        return added.stream().anyMatch(it -> it.content().equalsIgnoreCase(token));
    }

    /** One more than the highest id: as many rows a text tower's table needs. */
    public int size() {
        int size = vocabulary.size();
        for (AddedToken token : added) {
            size = Math.max(size, token.id() + 1);
        }
        return size;
    }

    /** Ids of an encoded prompt, start, end and padding included. */
    public int maxLength() {
        return special.maxLength();
    }

    /**
     * The id of a token, of the vocabulary or added to it.
     *
     * @throws IllegalArgumentException if there is no such token
     */
    int id(String token) {
        JsonNode id = vocabulary.get(token);
        if (id != null) {
            return id.intValue();
        }
        return added.stream()
                .filter(it -> it.content().equals(token))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("vocab.json has no token " + token))
                .id();
    }

    /** @throws IllegalArgumentException unless every merge joins tokens of the vocabulary, and the special ones are there */
    public void requireWhole() {
        for (String token : List.of(special.bos(), special.eos(), special.pad())) {
            id(token);
        }
        for (JsonNode merge : merges) {
            String left = merge.path(0).asString("");
            String right = merge.path(1).asString("");
            for (String token : List.of(left, right, left + right)) {
                if (!vocabulary.has(token)) {
                    throw new IllegalArgumentException(
                            "the merge \"%s %s\" needs the token %s, which the vocabulary lacks"
                                    .formatted(left, right, token));
                }
            }
        }
    }

    /**
     * A token that was added to the vocabulary, for instance by textual inversion.
     *
     * @param content as it is written
     * @param id row of the text tower's table
     * @param fields how it is found in texts, with the names of the tokenizers library
     */
    record AddedToken(String content, int id, ObjectNode fields) {}

    /** Collects added tokens from all files that may tell of them. */
    private static final class Additions {

        private final JsonNode vocabulary;
        private final Map<String, AddedToken> found = new LinkedHashMap<>();
        private final Map<Integer, String> taken = new LinkedHashMap<>();

        Additions(JsonNode vocabulary) {
            this.vocabulary = vocabulary;
        }

        List<AddedToken> read(Path folder, JsonNode whole) throws IOException {
            for (JsonNode token : whole.path("added_tokens")) {
                add(WHOLE, token.path("content").asString(""), token.path("id"), token);
            }
            json(folder, CONFIG)
                    .path("added_tokens_decoder")
                    .properties()
                    .forEach(token -> add(
                            CONFIG,
                            token.getValue().path("content").asString(""),
                            JSON.getNodeFactory().numberNode(number(token.getKey())),
                            token.getValue()));
            json(folder, ADDED)
                    .properties()
                    .forEach(token -> add(ADDED, token.getKey(), token.getValue(), JSON.createObjectNode()));
            List<AddedToken> tokens = new ArrayList<>(found.values());
            tokens.sort(Comparator.comparingInt(AddedToken::id));
            return List.copyOf(tokens);
        }

        private static int number(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "%s: added_tokens_decoder has the id %s, which is no number".formatted(CONFIG, text), e);
            }
        }

        private void add(String file, String content, JsonNode id, JsonNode fields) {
            if (content.isEmpty() || !id.isInt() || id.intValue() < 0) {
                throw new IllegalArgumentException(
                        "%s: the added token \"%s\" has the id %s".formatted(file, content, id));
            }
            // The start, the end and the like, which every file repeats.
            if (vocabulary.has(content)) {
                return;
            }
            AddedToken token = new AddedToken(content, id.intValue(), flags(content, fields));
            AddedToken before = found.putIfAbsent(content, token);
            String other = before == null ? taken.putIfAbsent(token.id(), content) : null;
            if (before != null && before.id() != token.id() || other != null || token.id() < vocabulary.size()) {
                throw new IllegalArgumentException(
                        "%s: the added token %s has the id %d, which another file contradicts or another token has"
                                .formatted(file, content, token.id()));
            }
        }

        /** As the tokenizers library takes them; what is not said is as transformers assumes. */
        private static ObjectNode flags(String content, JsonNode fields) {
            boolean isSpecial = fields.path("special").asBoolean(false);
            return token(content, isSpecial)
                    .put("single_word", fields.path("single_word").asBoolean(false))
                    .put("lstrip", fields.path("lstrip").asBoolean(false))
                    .put("rstrip", fields.path("rstrip").asBoolean(false))
                    .put("normalized", fields.path("normalized").asBoolean(!isSpecial));
        }
    }

    /** Special tokens are found as they are written, others in any case: they are compared after normalisation. */
    static ObjectNode token(String content, boolean isSpecial) {
        return JSON.createObjectNode()
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", !isSpecial)
                .put("special", isSpecial);
    }
}
