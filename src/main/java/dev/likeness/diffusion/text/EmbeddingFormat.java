package dev.likeness.diffusion.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import dev.likeness.diffusion.tensor.TensorReader;
import dev.likeness.diffusion.token.Placeholder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The names that files of learned embeddings give their tensors, [N, D] for each text tower. */
public enum EmbeddingFormat {
    /** One key, the placeholder; with two towers {@code clip_l} and {@code clip_g}. */
    DIFFUSERS {
        @Override
        List<String> keys(String word, int towers) {
            return towers == 1 ? List.of(word) : TWO;
        }
    },
    /** {@code emb_params}; with two towers {@code clip_l} and {@code clip_g}. */
    A1111 {
        @Override
        List<String> keys(String word, int towers) {
            return towers == 1 ? List.of(PARAMS) : TWO;
        }
    };

    private static final String PARAMS = "emb_params";
    private static final List<String> TWO = List.of("clip_l", "clip_g");

    /** A word with its embeddings, as {@link NewTokens} holds them. */
    public record Embedding(Placeholder placeholder, List<NDArray> rows) {}

    abstract List<String> keys(String word, int towers);

    /**
     * Writes embeddings.
     *
     * @param notes for the file's header
     */
    public void write(OutputStream out, Embedding embedding, Map<String, String> notes) throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        List<String> keys =
                keys(embedding.placeholder().word(), embedding.rows().size());
        for (int i = 0; i < keys.size(); i++) {
            tensors.put(keys.get(i), embedding.rows().get(i));
        }
        SafeTensorsWriter.write(out, tensors, notes);
    }

    /**
     * Reads embeddings in either form.
     *
     * @param manager owns them
     * @param word stands for them where the file does not say
     * @param widths D of each of the model's towers
     * @throws InvalidModelException if the file holds no embeddings, or none for this model
     */
    public static Embedding read(NDManager manager, SafeTensors file, String word, List<Long> widths) {
        Set<String> names = file.entries().keySet();
        List<String> keys;
        String found = word;
        if (names.containsAll(TWO)) {
            keys = TWO;
        } else if (names.size() == 1) {
            keys = List.copyOf(names);
            found = keys.get(0).equals(PARAMS) ? word : keys.get(0);
        } else {
            throw new InvalidModelException(
                    "the file holds no embeddings: one tensor is expected, or clip_l and clip_g");
        }
        if (keys.size() != widths.size()) {
            throw new InvalidModelException("the embeddings are for a model with %d text towers, this one has %d"
                    .formatted(keys.size(), widths.size()));
        }
        List<NDArray> rows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            rows.add(read(manager, Objects.requireNonNull(file.entries().get(keys.get(i))), widths.get(i)));
        }
        int vectors = (int) rows.get(0).getShape().get(0);
        return new Embedding(new Placeholder(found, vectors), rows);
    }

    private static NDArray read(NDManager manager, SafeTensors.Entry entry, long width) {
        long[] shape = entry.shape();
        long last = shape.length == 0 ? 0 : shape[shape.length - 1];
        if (shape.length < 1 || shape.length > 2 || last != width) {
            throw new InvalidModelException(
                    "the embeddings have %d values each, this model's have %d".formatted(last, width));
        }
        return TensorReader.readFloat(manager, entry, new Shape(shape.length == 1 ? 1 : shape[0], width));
    }
}
