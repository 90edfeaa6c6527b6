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
 * Learned embeddings of a word in a file (Gal et al. 2022, arXiv:2208.01618).
 *
 * @param format whose names its tensors have
 * @param word that the file itself names; null if it names none
 * @param vectors how many tokens the word stands for
 * @param rows for each text encoder of the model
 * @param momentum what they were mixed of; null unless the file says so
 */
public record EmbeddingFile(
        AdapterFormat format,
        @Nullable String word,
        int vectors,
        List<Row> rows,
        @Nullable MomentumNotes momentum) implements AdapterFile {

    /** The key of A1111's files. */
    public static final String PARAMS = "emb_params";

    /** The keys of both encoders of SDXL, in their order. */
    public static final List<String> TWO = List.of("clip_l", "clip_g");

    /** A1111's key where embeddings are bundled with a LoRA: what a pickle of them has. */
    static final String BUNDLED_PARAMS = "string_to_param.*";

    public EmbeddingFile {
        rows = List.copyOf(rows);
    }

    /**
     * The embeddings of one text encoder: tensors [vectors, D], or [D] for a single one.
     *
     * @param entry what the encoder is fed; null if the file has none for this encoder, where they are zero then
     * @param output what takes the place of what the encoder says of the word; null if the encoder has the last word
     * @param width D
     */
    public record Row(@Nullable Entry entry, @Nullable Entry output, int width) {}

    /** Whether a file's keys are those of embeddings, rather than of a low-rank adapter. */
    static boolean isOne(SafeTensors file) {
        Set<String> keys = file.entries().keySet();
        String first = keys.isEmpty() ? "" : keys.iterator().next();
        boolean single = keys.size() == 1 && LoraKey.parse(first).isEmpty() && !EmbeddingReader.isBundled(first);
        return single || keys.stream().anyMatch(EmbeddingReader::isKnown);
    }

    /**
     * Reads embeddings in either form.
     *
     * @throws UnusableAdapterException if the file holds something else too, damaged notes, or embeddings for another model
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
                read.format(), read.word(), read.vectors(), read.rows(), MomentumNotes.read(file.metadata(), lengths));
    }
}
