package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.adapter.KeyProblem.Kind;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensors.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learned embeddings of a word in a file (Gal et al. 2022, arXiv:2208.01618).
 *
 * @param format whose names its tensors have
 * @param word that the file itself names; null if it names none
 * @param vectors how many tokens the word stands for
 * @param rows for each text tower a tensor [vectors, D], or [D] for a single one
 * @param momentum what they were mixed of; null unless the file says so
 */
public record EmbeddingFile(
        AdapterFormat format,
        @Nullable String word,
        int vectors,
        List<Entry> rows,
        @Nullable MomentumNotes momentum) implements AdapterFile {

    /** The key of A1111's files. */
    public static final String PARAMS = "emb_params";

    /** The keys of both towers of SDXL, in their order. */
    public static final List<String> TWO = List.of("clip_l", "clip_g");

    /** A text's start and end. */
    private static final int FRAME = 2;

    public EmbeddingFile {
        rows = List.copyOf(rows);
    }

    /** Whether a file's keys are those of embeddings, rather than of a low-rank adapter. */
    static boolean isOne(SafeTensors file) {
        Set<String> keys = file.entries().keySet();
        boolean single =
                keys.size() == 1 && LoraKey.parse(keys.iterator().next()).isEmpty();
        return single || keys.contains(PARAMS) || TWO.stream().anyMatch(keys::contains);
    }

    /**
     * Reads embeddings in either form.
     *
     * @throws UnusableAdapterException if the file holds something else too, damaged notes, or embeddings for another model
     */
    public static EmbeddingFile read(SafeTensors file, BaseLayers base) {
        Map<String, Entry> entries = file.entries();
        List<String> keys = entries.keySet().containsAll(TWO) ? TWO : List.of(firstOf(entries.keySet()));
        List<KeyProblem> problems = new ArrayList<>();
        entries.keySet().stream()
                .filter(key -> !keys.contains(key))
                .forEach(key ->
                        problems.add(new KeyProblem(key, Kind.UNKNOWN_KEY, "has no place in a file of embeddings")));
        if (keys.size() != base.towers().size()) {
            problems.add(KeyProblem.file(
                    Kind.WRONG_SHAPE,
                    "the embeddings are for a model with %d text towers, this one has %d"
                            .formatted(keys.size(), base.towers().size())));
        } else {
            check(keys, entries, base, problems);
        }
        if (!problems.isEmpty()) {
            throw new UnusableAdapterException(problems);
        }
        String key = keys.get(0);
        boolean named = keys.size() == 1 && !key.equals(PARAMS);
        List<Entry> rows =
                keys.stream().map(it -> Objects.requireNonNull(entries.get(it))).toList();
        int vectors = Math.toIntExact(vectors(rows.get(0)));
        List<Integer> lengths = base.towers().stream()
                .map(tower -> Math.toIntExact(vectors * tower.width()))
                .toList();
        return new EmbeddingFile(
                key.equals(PARAMS) ? AdapterFormat.A1111 : AdapterFormat.DIFFUSERS,
                named ? key : null,
                vectors,
                rows,
                MomentumNotes.read(file.metadata(), lengths));
    }

    private static String firstOf(Set<String> keys) {
        return keys.stream()
                .filter(key -> key.equals(PARAMS) || TWO.contains(key))
                .findFirst()
                .orElseGet(() -> keys.iterator().next());
    }

    private static void check(
            List<String> keys, Map<String, Entry> entries, BaseLayers base, List<KeyProblem> problems) {
        long expected = vectors(Objects.requireNonNull(entries.get(keys.get(0))));
        for (int i = 0; i < keys.size(); i++) {
            Entry entry = Objects.requireNonNull(entries.get(keys.get(i)));
            BaseLayers.Tower tower = base.towers().get(i);
            long[] shape = entry.shape();
            boolean fits = (shape.length == 1 || shape.length == 2)
                    && shape[shape.length - 1] == tower.width()
                    && vectors(entry) == expected
                    && expected >= 1
                    && expected <= tower.positions() - FRAME;
            if (!fits) {
                problems.add(new KeyProblem(
                        keys.get(i),
                        Kind.WRONG_SHAPE,
                        "is %s; this model takes 1 to %d vectors of %d values%s"
                                .formatted(
                                        Arrays.toString(shape),
                                        tower.positions() - FRAME,
                                        tower.width(),
                                        keys.size() > 1 ? ", as many for each text tower" : "")));
            } else if (!TensorValues.isFloating(entry)
                    || !TensorValues.summary(entry).finite()) {
                problems.add(new KeyProblem(
                        keys.get(i), Kind.WRONG_VALUE, "has to hold finite numbers of type F32, F16 or BF16"));
            }
        }
    }

    private static long vectors(Entry entry) {
        return entry.shape().length == 2 ? entry.shape()[0] : 1;
    }
}
