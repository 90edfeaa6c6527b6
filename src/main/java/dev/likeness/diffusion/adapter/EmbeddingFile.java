package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensors.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of a placeholder token's embeddings (Gal et al. 2022, arXiv:2208.01618).
 *
 * @param format naming scheme of its tensors
 * @param word placeholder token that the file names; null if the file has no name for it
 * @param vectors number of tokens that the word stands for
 * @param rows for each text encoder of the model
 * @param momentum v_train, v_star and gamma; null if the file has none
 */
public record EmbeddingFile(
        AdapterFormat format,
        @Nullable String word,
        int vectors,
        List<Row> rows,
        @Nullable MomentumState momentum) implements AdapterFile {

    /** The key of A1111's files. */
    public static final String PARAMS = "emb_params";

    /** The keys of SDXL's two encoders, in their order. */
    public static final List<String> TWO = List.of("clip_l", "clip_g");

    /** Before the word, in the keys of embeddings that are bundled with a LoRA. */
    public static final String BUNDLE = "bundle_emb.";

    /** A1111's key of embeddings that are bundled with a LoRA, as in a pickle of embeddings. */
    static final String BUNDLED_PARAMS = "string_to_param.*";

    public EmbeddingFile {
        rows = List.copyOf(rows);
    }

    /**
     * The embeddings for one text encoder: tensors [vectors, D], or [D] for a single one.
     *
     * @param entry input embeddings; null if the file has none for this encoder, which are then zero
     * @param output output embeddings, which replace the encoder's states of the word; null for the encoder's own states
     * @param width D
     */
    public record Row(@Nullable Entry entry, @Nullable Entry output, int width) {}

    /** Whether a file's keys are those of embeddings, not of a low-rank adapter. */
    static boolean isOne(SafeTensors file) {
        Set<String> keys = file.entries().keySet();
        String first = keys.isEmpty() ? "" : keys.iterator().next();
        boolean single = keys.size() == 1 && LoraKey.parse(first).isEmpty() && !EmbeddingReader.isBundled(first);
        return single || keys.stream().anyMatch(EmbeddingReader::isKnown);
    }

    /**
     * Reads embeddings in any of the naming schemes.
     *
     * @throws UnusableAdapterException if the file has other tensors too, damaged metadata, or embeddings for another model
     */
    public static EmbeddingFile read(SafeTensors file, BaseLayers base) {
        Map<String, EmbeddingReader.Found> found = new LinkedHashMap<>();
        boolean isNamed =
                file.entries().size() == 1 && file.entries().keySet().stream().noneMatch(EmbeddingReader::isKnown);
        List<KeyProblem> problems = new ArrayList<>();
        EmbeddingReader reader = new EmbeddingReader(base, problems);
        file.entries().forEach((key, entry) -> reader.add(found, isNamed ? PARAMS : key, key, entry));
        EmbeddingFile read =
                reader.read(found, isNamed ? file.entries().keySet().iterator().next() : null);
        if (!problems.isEmpty()) {
            throw new UnusableAdapterException(problems);
        }
        List<Integer> lengths = read.rows().stream()
                .map(row -> Math.multiplyExact(read.vectors(), row.width()))
                .toList();
        return new EmbeddingFile(
                read.format(), read.word(), read.vectors(), read.rows(), MomentumState.read(file.metadata(), lengths));
    }
}
