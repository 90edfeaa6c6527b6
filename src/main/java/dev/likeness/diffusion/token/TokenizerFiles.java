package dev.likeness.diffusion.token;

import dev.likeness.diffusion.tensor.ModelConfig;
import dev.likeness.diffusion.token.AddedTokens.AddedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CLIP tokenizer's folder, in the format of any transformers version. The byte-pair encoding is in {@code vocab.json}
 * and {@code merges.txt}, or only in {@code tokenizer.json}. Added tokens are also in {@code added_tokens.json} or
 * {@code tokenizer_config.json}. Needs no native library.
 */
public final class TokenizerFiles {

    /** The files that define the vocabulary and added tokens. */
    public static final List<String> NAMES = List.of("vocab.json", "merges.txt", "tokenizer.json", "added_tokens.json");

    private static final String VOCABULARY = NAMES.get(0);
    private static final String MERGES = NAMES.get(1);
    static final String WHOLE = NAMES.get(2);
    static final String ADDED = NAMES.get(3);
    static final String CONFIG = "tokenizer_config.json";
    static final String DECODER = "added_tokens_decoder";
    private static final String END_OF_WORD = "</w>";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode vocabulary;
    private final ArrayNode merges;
    private final SpecialTokens special;
    private final AddedTokens added;

    private TokenizerFiles(JsonNode vocabulary, ArrayNode merges, SpecialTokens special, AddedTokens added) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.special = special;
        this.added = added;
    }

    /** The same tokenizer without added tokens except start and end: other texts are tokenized as plain text. */
    TokenizerFiles withoutAdded() {
        return new TokenizerFiles(vocabulary, merges, special, added.only(List.of(special.bos(), special.eos())));
    }

    /** Whether a folder holds a tokenizer. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(WHOLE)) || Files.exists(folder.resolve(VOCABULARY));
    }

    /**
     * Reads a folder.
     *
     * @throws IOException if files are missing or cannot be read
     * @throws IllegalArgumentException naming the file, if one is not JSON, describes another kind of tokenizer, or
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
        requireIds(vocabulary, merges);
        return new TokenizerFiles(vocabulary, merges, special, AddedTokens.read(folder, whole, vocabulary, special));
    }

    /**
     * The fields of {@code tokenizer_config.json} for special and added tokens and for the length, merged from all
     * files of a folder. Unknown fields are absent.
     *
     * @throws IOException as {@link #read}
     * @throws IllegalArgumentException as {@link #read}
     */
    public static ObjectNode config(Path folder) throws IOException {
        AddedTokens added = read(folder).added;
        ObjectNode config = SpecialTokens.config(folder);
        ObjectNode decoder = config.putObject(DECODER);
        Stream.of(added.known(), added.beyond())
                .flatMap(List::stream)
                .forEach(token -> decoder.set(String.valueOf(token.id()), token.fields()));
        return config;
    }

    private static void requireClip(JsonNode model) {
        boolean isClip = model.path("type").asString("BPE").equals("BPE")
                && model.path("end_of_word_suffix").asString("").equals(END_OF_WORD);
        if (!isClip) {
            throw new IllegalArgumentException(
                    "%s: it is not a byte-pair encoding of CLIP, but %s with end_of_word_suffix %s"
                            .formatted(WHOLE, model.path("type"), model.path("end_of_word_suffix")));
        }
    }

    private static void requireIds(JsonNode vocabulary, ArrayNode merges) {
        if (!vocabulary.isObject() || vocabulary.isEmpty()) {
            throw new IllegalArgumentException("the tokenizer's vocabulary is empty");
        }
        for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
            if (!token.getValue().isInt() || token.getValue().intValue() < 0) {
                throw new IllegalArgumentException("the token %s of the tokenizer's vocabulary has the id %s"
                        .formatted(token.getKey(), token.getValue()));
            }
        }
        BitSet ids = new BitSet(vocabulary.size());
        vocabulary
                .valueStream()
                .mapToInt(JsonNode::intValue)
                .filter(id -> id < vocabulary.size())
                .forEach(ids::set);
        int hole = ids.nextClearBit(0);
        if (hole < vocabulary.size()) {
            // Missing merge tokens make a more useful message than ids.
            requireMerges(vocabulary, merges);
            throw new IllegalArgumentException(
                    "no token of the tokenizer's vocabulary has the id %d: its %d tokens must have the ids from 0 on, each once"
                            .formatted(hole, vocabulary.size()));
        }
    }

    private static void requireMerges(JsonNode vocabulary, ArrayNode merges) {
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

    private static void addMerge(ArrayNode merges, String line) {
        int space = line.indexOf(' ');
        if (space > 0 && !line.startsWith("#version")) {
            merges.addArray()
                    .add(line.substring(0, space))
                    .add(line.substring(space + 1).strip());
        }
    }

    /** A JSON file of the folder; an empty object if the file is missing. */
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
            throw new IllegalArgumentException(name + " is not a JSON object");
        }
        return json;
    }

    /** Ids by tokens, without added tokens. */
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

    /** Added tokens, by ascending ids. */
    List<AddedToken> added() {
        return added.beyond();
    }

    /** Tokens of the vocabulary that are found in texts like added ones, by ascending ids. */
    List<AddedToken> known() {
        return added.known();
    }

    /**
     * Whether a token can no longer be added, because it is in the vocabulary, whose id it would get, or among the
     * added tokens in any case.
     */
    public boolean has(String token) {
        return vocabulary.has(token)
                || added.beyond().stream().anyMatch(it -> it.content().equalsIgnoreCase(token));
    }

    /** The highest id plus one: the number of rows that a text encoder's table needs. */
    public int size() {
        int size = vocabulary.size();
        for (AddedToken token : added.beyond()) {
            size = Math.max(size, token.id() + 1);
        }
        return size;
    }

    /** Length of an encoded prompt in ids, with start, end and padding. */
    public int maxLength() {
        return special.maxLength();
    }

    /**
     * The id of a token, in the vocabulary or added.
     *
     * @throws IllegalArgumentException if the token is missing
     */
    int id(String token) {
        JsonNode id = vocabulary.get(token);
        if (id != null) {
            return id.intValue();
        }
        return added.beyond().stream()
                .filter(it -> it.content().equals(token))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("vocab.json has no token " + token))
                .id();
    }

    /**
     * @throws IllegalArgumentException unless every merge joins tokens of the vocabulary, and the special tokens are
     *     present
     */
    public void requireWhole() {
        for (String token : List.of(special.bos(), special.eos(), special.pad())) {
            id(token);
        }
        requireMerges(vocabulary, merges);
    }
}
