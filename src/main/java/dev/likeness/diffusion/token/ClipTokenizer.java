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
 * CLIP's byte-pair encoding (Radford et al. 2021, arXiv:2103.00020) over a model's own vocabulary, equal to transformers'
 * {@code CLIPTokenizer}. May be used by several threads at once.
 *
 * <p>The work is done by Hugging Face's tokenizers library, whose native part DJL unpacks on first use into
 * {@code DJL_CACHE_DIR} (default {@code ~/.djl.ai/tokenizers}). Neither libtorch nor a network is needed.
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

    /** Ids of all added tokens in the order in which the library numbers them, from {@code firstAdded} on. */
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
     * @throws IOException if {@code vocab.json} with {@code merges.txt}, and {@code tokenizer.json}, is missing or unreadable
     * @throws IllegalArgumentException if the files describe no CLIP tokenizer, or a special token is not in the vocabulary
     */
    public static ClipTokenizer load(Path folder) throws IOException {
        return load(folder, List.of());
    }

    /**
     * As {@link #load(Path)}, with further tokens that get the ids after the vocabulary's and those of tokens that the folder
     * adds to it, in this order.
     *
     * @throws IllegalArgumentException also if the folder has one of them already
     */
    public static ClipTokenizer load(Path folder, List<String> further) throws IOException {
        return load(TokenizerFiles.read(folder), further);
    }

    /** As {@link #load(Path)}, without tokens that the folder adds to the vocabulary: they are spelled. */
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

    /** Ids of an encoded prompt, start, end and padding included; 77 for CLIP. */
    public int maxLength() {
        return maxLength;
    }

    /** How many ids the vocabulary and the tokens that the folder adds to it take; the first further token's id. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /** The id of the end token, at whose place CLIP's pooled output is read. */
    public long eos() {
        return eos;
    }

    /** Start token, the prompt's tokens, end token, padding: {@link #maxLength()} ids. What is too long is cut off. */
    public long[] encode(String prompt) {
        long[] tokens = ids(prompt);
        return framed(Arrays.copyOf(tokens, Math.min(tokens.length, maxLength - 2)));
    }

    /** The ids of {@link #tokens}: all of the prompt, without start and end. */
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

    /** Whether an id is the start, the end, or what the vocabulary cannot spell: nothing a text could mean. */
    boolean isSpecial(long id) {
        return id == bos || id == eos || id == unk;
    }

    /** Whether an id is the row of a learned placeholder that follows another, as {@code <x>_1} follows {@code <x>}. */
    boolean isNextRow(long row, long next) {
        Long previous = previousRows.get(next);
        return previous != null && previous == row;
    }

    /** The prompt's own tokens as the vocabulary spells them, all of them, without start and end. */
    public List<String> tokens(String prompt) {
        return List.of(raw(prompt).getTokens());
    }

    /** Whether a word is one whole token of the vocabulary, as an identifier should be. */
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
