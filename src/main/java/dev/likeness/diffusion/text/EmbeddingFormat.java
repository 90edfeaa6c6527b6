package dev.likeness.diffusion.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.likeness.diffusion.adapter.EmbeddingFile;
import dev.likeness.diffusion.tensor.SafeTensorsWriter;
import dev.likeness.diffusion.tensor.TensorReader;
import dev.likeness.diffusion.token.Placeholder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of tensors in files of embeddings, [N, D] for each text encoder. */
public enum EmbeddingFormat {
    /** One key, the placeholder; with two encoders {@code clip_l} and {@code clip_g}. */
    DIFFUSERS {
        @Override
        List<String> keys(String word, int textEncoders) {
            return textEncoders == 1 ? List.of(word) : EmbeddingFile.TWO;
        }
    },
    /** {@code emb_params}; with two encoders {@code clip_l} and {@code clip_g}. */
    A1111 {
        @Override
        List<String> keys(String word, int textEncoders) {
            return textEncoders == 1 ? List.of(EmbeddingFile.PARAMS) : EmbeddingFile.TWO;
        }
    },
    /** {@code clip_l}, with two encoders {@code clip_g} too: beside a LoRA, as diffusers' advanced DreamBooth scripts write it. */
    BESIDE_LORA {
        @Override
        List<String> keys(String word, int textEncoders) {
            return EmbeddingFile.TWO.subList(0, textEncoders);
        }
    },
    /** {@code bundle_emb.WORD.clip_l}, with two encoders {@code clip_g} too: in a LoRA file, as AUTOMATIC1111 and OneTrainer bundle it. */
    IN_LORA {
        @Override
        List<String> keys(String word, int textEncoders) {
            return BESIDE_LORA.keys(word, textEncoders).stream()
                    .map(key -> EmbeddingFile.BUNDLE + word + "." + key)
                    .toList();
        }
    };

    /** A placeholder token with its embeddings, as {@link NewTokens} holds them. */
    public record Embedding(Placeholder placeholder, List<NDArray> rows, List<OutputEmbedding> outputs) {

        /** Embeddings without output embeddings. */
        public Embedding(Placeholder placeholder, List<NDArray> rows) {
            this(placeholder, rows, List.of());
        }
    }

    abstract List<String> keys(String word, int textEncoders);

    /**
     * Writes embeddings.
     *
     * @param notes for the file's header
     */
    public void write(OutputStream out, Embedding embedding, Map<String, String> notes) throws IOException {
        SafeTensorsWriter.write(out, tensors(embedding), notes);
    }

    /** The tensors of a file by their names. */
    public Map<String, NDArray> tensors(Embedding embedding) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        List<String> keys =
                keys(embedding.placeholder().word(), embedding.rows().size());
        for (int i = 0; i < keys.size(); i++) {
            tensors.put(keys.get(i), embedding.rows().get(i));
        }
        return tensors;
    }

    /**
     * Reads embeddings.
     *
     * @param manager owns them
     * @param word placeholder token that stands for them
     */
    public static Embedding read(NDManager manager, EmbeddingFile file, String word) {
        List<NDArray> rows = file.rows().stream()
                .map(row -> {
                    Shape shape = new Shape(file.vectors(), row.width());
                    return row.entry() == null
                            ? manager.zeros(shape)
                            : TensorReader.readFloat(manager, row.entry(), shape);
                })
                .toList();
        return new Embedding(new Placeholder(word, file.vectors()), rows, outputs(manager, file));
    }

    private static List<OutputEmbedding> outputs(NDManager manager, EmbeddingFile file) {
        List<OutputEmbedding> outputs = new ArrayList<>();
        for (int textEncoder = 0; textEncoder < file.rows().size(); textEncoder++) {
            EmbeddingFile.Row row = file.rows().get(textEncoder);
            if (row.output() != null) {
                try (NDArray states = TensorReader.readFloat(manager, row.output())) {
                    outputs.add(OutputEmbedding.of(textEncoder, states.toFloatArray(), row.width()));
                }
            }
        }
        return outputs;
    }
}
