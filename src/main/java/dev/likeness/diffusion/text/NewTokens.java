package dev.likeness.diffusion.text;

import ai.djl.ndarray.NDArray;
import dev.likeness.diffusion.token.Placeholder;
import java.util.List;

/**
 * New tokens, which the vocabulary does not have.
 *
 * @param placeholders in the order of their rows
 * @param rows for each text encoder the embeddings [N, D]; one row of zeros where there are no placeholders
 * @param outputs output embeddings, which replace an encoder's states of some of them
 */
public record NewTokens(List<Placeholder> placeholders, List<NDArray> rows, List<OutputEmbedding> outputs) {

    public NewTokens {
        placeholders = List.copyOf(placeholders);
        rows = List.copyOf(rows);
        outputs = List.copyOf(outputs);
    }

    /** New tokens without output embeddings. */
    public NewTokens(List<Placeholder> placeholders, List<NDArray> rows) {
        this(placeholders, rows, List.of());
    }

    /** The output embeddings of one encoder. */
    public List<OutputEmbedding> outputs(int textEncoder) {
        return outputs.stream().filter(it -> it.textEncoder() == textEncoder).toList();
    }

    /** The number of tokens. */
    public int count() {
        return placeholders.stream().mapToInt(Placeholder::vectors).sum();
    }

    /**
     * A text with every placeholder replaced by its tokens.
     *
     * @param text without prompt syntax
     */
    public String expand(String text) {
        String expanded = text;
        for (Placeholder placeholder : placeholders) {
            expanded = placeholder.expand(expanded);
        }
        return expanded;
    }

    /** Spellings of all tokens, one for each row. */
    public static List<String> spellings(List<Placeholder> placeholders) {
        return placeholders.stream().flatMap(p -> p.tokens().stream()).toList();
    }
}
