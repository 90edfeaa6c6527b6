package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.KeyProblem.Kind;
import dev.likeness.diffusion.tensor.Excerpt;
import dev.likeness.diffusion.tensor.SafeTensors.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the embeddings of placeholder tokens, from files of embeddings and from adapters that bundle them. */
final class EmbeddingReader {

    /** Start and end of a text. */
    private static final int FRAME = 2;

    private static final String OUTPUT = "_out";

    /** Other spellings of keys: those of pickles, and OneTrainer's. */
    private static final Map<String, String> SPELLINGS = Map.of(
            EmbeddingFile.BUNDLED_PARAMS,
            EmbeddingFile.PARAMS,
            "emp_params",
            EmbeddingFile.PARAMS,
            "emp_params" + OUTPUT,
            EmbeddingFile.PARAMS + OUTPUT);

    private final BaseLayers base;
    private final List<KeyProblem> problems;

    /** @param problems receives every problem */
    EmbeddingReader(BaseLayers base, List<KeyProblem> problems) {
        this.base = base;
        this.problems = problems;
    }

    /** A tensor with its name in the file. */
    record Found(String key, Entry entry) {}

    /** Whether a key belongs to embeddings that an adapter bundles: {@code bundle_emb.WORD.clip_l}. */
    static boolean isBundled(String key) {
        return key.startsWith(EmbeddingFile.BUNDLE);
    }

    /** Whether a key names a part of embeddings. Another key can be the word itself. */
    static boolean isKnown(String key) {
        String name = SPELLINGS.getOrDefault(key, key);
        String input = name.endsWith(OUTPUT) ? name.substring(0, name.length() - OUTPUT.length()) : name;
        return input.equals(EmbeddingFile.PARAMS) || EmbeddingFile.TWO.contains(input);
    }

    /**
     * Adds a tensor to those of a placeholder.
     *
     * @param part of embeddings, in any spelling
     */
    void add(Map<String, Found> found, String part, String key, Entry entry) {
        Found former = found.putIfAbsent(SPELLINGS.getOrDefault(part, part), new Found(key, entry));
        if (former != null) {
            problems.add(new KeyProblem(
                    key, Kind.UNKNOWN_KEY, "has the same meaning as %s".formatted(Excerpt.of(former.key()))));
        }
    }

    /**
     * Reads embeddings that an adapter bundles.
     *
     * @param bundled tensors by their names
     */
    List<EmbeddingFile> bundled(Map<String, Entry> bundled) {
        Map<String, Map<String, Found>> words = new LinkedHashMap<>();
        bundled.forEach((key, entry) -> {
            String name = key.substring(EmbeddingFile.BUNDLE.length());
            int end = name.endsWith(EmbeddingFile.BUNDLED_PARAMS)
                    ? name.length() - EmbeddingFile.BUNDLED_PARAMS.length() - 1
                    : name.lastIndexOf('.');
            if (end < 1) {
                problems.add(new KeyProblem(key, Kind.UNKNOWN_KEY, "contains no word"));
                return;
            }
            Map<String, Found> found = words.computeIfAbsent(name.substring(0, end), word -> new LinkedHashMap<>());
            add(found, name.substring(end + 1), key, entry);
        });
        List<EmbeddingFile> read = new ArrayList<>();
        words.forEach((word, found) -> read.add(read(found, word)));
        return read;
    }

    /**
     * Reads the embeddings of one placeholder.
     *
     * @param found tensors by their part: of one of SDXL's encoders, or of the only encoder
     * @param word that the file names; null if the file has no name for it
     */
    EmbeddingFile read(Map<String, Found> found, @Nullable String word) {
        boolean isSingle = has(found, EmbeddingFile.PARAMS);
        List<String> keys = isSingle ? List.of(EmbeddingFile.PARAMS) : EmbeddingFile.TWO;
        found.forEach((key, tensor) -> {
            if (keys.stream().noneMatch(it -> key.equals(it) || key.equals(it + OUTPUT))) {
                problems.add(stray(tensor));
            }
        });
        List<BaseLayers.TextEncoder> textEncoders = base.textEncoders();
        boolean isForOther = isSingle ? textEncoders.size() > 1 : textEncoders.size() == 1 && has(found, keys.get(1));
        if (isForOther) {
            problems.add(KeyProblem.file(
                    Kind.WRONG_SHAPE,
                    "the embeddings are for a model with %d text encoders, but this one has %d"
                            .formatted(isSingle ? 1 : 2, textEncoders.size())));
        }
        List<EmbeddingFile.Row> rows = new ArrayList<>();
        long vectors = found.values().stream()
                .mapToLong(EmbeddingReader::vectors)
                .findFirst()
                .orElse(0);
        for (int i = 0; i < textEncoders.size(); i++) {
            Found input = i < keys.size() ? found.get(keys.get(i)) : null;
            Found output = i < keys.size() ? found.get(keys.get(i) + OUTPUT) : null;
            for (Found tensor : new Found[] {input, output}) {
                if (tensor != null && !isForOther) {
                    check(tensor, textEncoders.get(i), vectors, textEncoders.size() > 1);
                }
            }
            rows.add(new EmbeddingFile.Row(
                    input == null ? null : input.entry(),
                    output == null ? null : output.entry(),
                    textEncoders.get(i).width()));
        }
        AdapterFormat format =
                isSingle && (word == null || found.values().stream().anyMatch(it -> isBundled(it.key())))
                        ? AdapterFormat.A1111
                        : AdapterFormat.DIFFUSERS;
        return new EmbeddingFile(format, word, (int) Math.min(vectors, Integer.MAX_VALUE), rows, null);
    }

    private static boolean has(Map<String, Found> found, String key) {
        return found.containsKey(key) || found.containsKey(key + OUTPUT);
    }

    private static KeyProblem stray(Found tensor) {
        return new KeyProblem(tensor.key(), Kind.UNKNOWN_KEY, "does not belong in a file of embeddings");
    }

    private void check(Found tensor, BaseLayers.TextEncoder textEncoder, long vectors, boolean hasTwo) {
        Entry entry = tensor.entry();
        long[] shape = entry.shape();
        boolean fits = (shape.length == 1 || shape.length == 2)
                && shape[shape.length - 1] == textEncoder.width()
                && vectors(tensor) == vectors
                && vectors >= 1
                && vectors <= textEncoder.positions() - FRAME;
        if (!fits) {
            problems.add(new KeyProblem(
                    tensor.key(),
                    Kind.WRONG_SHAPE,
                    "is %s; this model takes 1 to %d vectors of %d values%s"
                            .formatted(
                                    Arrays.toString(shape),
                                    textEncoder.positions() - FRAME,
                                    textEncoder.width(),
                                    hasTwo ? ", the same number for each text encoder" : "")));
        } else if (!TensorValues.isFloating(entry)
                || !TensorValues.summary(entry).finite()) {
            problems.add(new KeyProblem(
                    tensor.key(), Kind.WRONG_VALUE, "must contain finite numbers of type F32, F16 or BF16"));
        }
    }

    private static long vectors(Found tensor) {
        return tensor.entry().shape().length == 2 ? tensor.entry().shape()[0] : 1;
    }
}
