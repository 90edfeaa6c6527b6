package dev.likeness.diffusion.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CLIP's byte-pair encoding (Radford et al. 2021, arXiv:2103.00020) with a model's vocabulary, equal to transformers'
 * {@code CLIPTokenizer}. Thread-safe.
 *
 * <p>Uses Hugging Face's tokenizers library. DJL unpacks its native part on first use into {@code DJL_CACHE_DIR}
 * (default {@code ~/.djl.ai/tokenizers}). It needs neither libtorch nor a network.
 */
public final class ClipTokenizer implements AutoCloseable {

    private static final String END_OF_WORD = "</w>";

    static {
        TokenizersLibrary.useBundled();
    }

    private final HuggingFaceTokenizer tokenizer;
    private final int maxLength;
    private final int vocabularySize;
    private final long bos;
    private final long eos;
    private final long pad;
    private final long unk;
    private final Map<Long, Long> previousRows;
    private final List<Placeholder> severalRows;

    /** Ids of all added tokens in the library's order, which numbers them from {@code firstAdded} on. */
    private final long[] addedIds;

    private final int firstAdded;

    private ClipTokenizer(HuggingFaceTokenizer tokenizer, TokenizerFiles files, Map<String, Long> added) {
        this.tokenizer = tokenizer;
        Map<String, Long> rows = new LinkedHashMap<>(added);
        files.known().forEach(token -> rows.put(token.content(), (long) token.id()));
        this.previousRows = PlaceholderRows.previous(rows);
        this.severalRows = PlaceholderRows.several(Stream.of(files.known(), files.added())
                .flatMap(List::stream)
                .map(AddedTokens.AddedToken::content)
                .toList());
        this.addedIds = added.values().stream().mapToLong(Long::longValue).toArray();
        this.firstAdded = files.vocabulary().size();
        this.vocabularySize = files.size();
        SpecialTokens special = files.special();
        this.maxLength = special.maxLength();
        this.bos = files.id(special.bos());
        this.eos = files.id(special.eos());
        this.pad = files.id(special.pad());
        this.unk = files.vocabulary().path(special.unk()).asLong(eos);
    }

    /**
     * Reads a diffusers {@code tokenizer} folder.
     *
     * @throws IOException if {@code tokenizer.json} is missing or unreadable, and so is {@code vocab.json} or
     *     {@code merges.txt}
     * @throws IllegalArgumentException if the files do not describe a CLIP tokenizer, or a special token is missing in
     *     the vocabulary
     */
    public static ClipTokenizer load(Path folder) throws IOException {
        return load(folder, List.of());
    }

    /**
     * As {@link #load(Path)}, with further tokens. Their ids follow those of the vocabulary and of the folder's added
     * tokens, in the given order.
     *
     * @throws IllegalArgumentException also if the folder already has one of them
     */
    public static ClipTokenizer load(Path folder, List<String> further) throws IOException {
        return load(TokenizerFiles.read(folder), further);
    }

    /** As {@link #load(Path)}, without the folder's added tokens: their texts are tokenized like other text. */
    public static ClipTokenizer loadVocabulary(Path folder) throws IOException {
        return load(TokenizerFiles.read(folder).withoutAdded(), List.of());
    }

    private static ClipTokenizer load(TokenizerFiles files, List<String> further) throws IOException {
        Map<String, Long> added = new LinkedHashMap<>();
        files.added().forEach(token -> added.put(token.content(), (long) token.id()));
        for (String token : further) {
            if (files.has(token)) {
                throw new IllegalArgumentException("the tokenizer has a token %s already".formatted(token));
            }
            added.put(token, (long) files.size() + added.size() - files.added().size());
        }
        String json = new TokenizerJson(files).build(further);
        try (InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
            Map<String, String> options =
                    Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");
            return new ClipTokenizer(HuggingFaceTokenizer.newInstance(in, options), files, added);
        }
    }

    /** Length of an encoded prompt in ids, with start, end and padding; 77 for CLIP. */
    public int maxLength() {
        return maxLength;
    }

    /** Number of ids of the vocabulary and of the folder's added tokens. It is the first further token's id. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /** The id of the end token. CLIP's pooled output is taken at its position. */
    public long eos() {
        return eos;
    }

    /**
     * Start token, the prompt's tokens, end token and padding: {@link #maxLength()} ids. Longer prompts are truncated.
     */
    public long[] encode(String prompt) {
        long[] tokens = ids(prompt);
        return framed(Arrays.copyOf(tokens, Math.min(tokens.length, maxLength - 2)));
    }

    /** The ids of {@link #tokens}, without start and end. */
    public long[] ids(String prompt) {
        long[] ids = raw(prompt).getIds();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] >= firstAdded) {
                ids[i] = addedIds[Math.toIntExact(ids[i] - firstAdded)];
            }
        }
        return ids;
    }

    /** Start token, at most {@code maxLength() - 2} tokens, end token, padding. */
    long[] framed(long[] tokens) {
        long[] ids = new long[maxLength];
        Arrays.fill(ids, pad);
        ids[0] = bos;
        System.arraycopy(tokens, 0, ids, 1, tokens.length);
        ids[tokens.length + 1] = eos;
        return ids;
    }

    /** Whether an id is the start token, the end token or the token for unknown text. None of them stands for text. */
    boolean isSpecial(long id) {
        return id == bos || id == eos || id == unk;
    }

    /** Whether one id follows another among the tokens of a placeholder, as {@code <x>_1} follows {@code <x>}. */
    boolean isNextRow(long row, long next) {
        Long previous = previousRows.get(next);
        return previous != null && previous == row;
    }

    /** All tokens of the prompt, spelled as in the vocabulary, without start and end. */
    public List<String> tokens(String prompt) {
        return List.of(raw(prompt).getTokens());
    }

    /** Whether a word is exactly one token of the vocabulary, as an identifier should be. */
    public boolean isSingleToken(String word) {
        List<String> tokens = tokens(word);
        return tokens.size() == 1 && tokens.get(0).endsWith(END_OF_WORD);
    }

    private Encoding raw(String prompt) {
        String expanded = prompt;
        for (Placeholder placeholder : severalRows) {
            expanded = placeholder.expand(expanded);
        }
        return tokenizer.encode(expanded, false, false);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
