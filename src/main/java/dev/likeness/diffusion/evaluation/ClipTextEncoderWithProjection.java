package dev.likeness.diffusion.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.text.ClipTextEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * CLIP's text encoder with its projection, from a transformers CLIPModel folder. Its embeddings of texts are comparable
 * with those of pictures.
 */
public final class ClipTextEncoderWithProjection implements AutoCloseable {

    private static final int BATCH = 64;

    private final ClipTextEncoder textEncoder;
    private final NDManager manager;

    private ClipTextEncoderWithProjection(ClipTextEncoder textEncoder, NDManager manager) {
        this.textEncoder = textEncoder;
        this.manager = manager;
    }

    /**
     * Loads the text encoder of a CLIPModel folder. Ignores its image encoder.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if something is missing or does not match
     */
    public static ClipTextEncoderWithProjection load(NDManager parent, Path folder) {
        return new ClipTextEncoderWithProjection(ClipTextEncoder.loadOfClip(parent, folder), parent);
    }

    /** Size of the vocabulary. A tokenizer with more tokens belongs to another model. */
    public int vocabularySize() {
        return textEncoder.config().vocabSize();
    }

    /** Maximum number of token ids in a text, including start and end. */
    public int maxLength() {
        return textEncoder.config().maxPositionEmbeddings();
    }

    /**
     * Embeds texts.
     *
     * @param texts token ids of each [L], including start, end and padding, all of one length up to
     *     {@link #maxLength()}
     * @return for each text its embedding [E], not normalised
     */
    public float[][] embed(List<long[]> texts) {
        float[][] embeddings = new float[texts.size()][];
        for (int start = 0; start < texts.size(); start += BATCH) {
            List<long[]> batch = texts.subList(start, Math.min(start + BATCH, texts.size()));
            float[] flat = embedBatch(batch);
            int length = flat.length / batch.size();
            for (int i = 0; i < batch.size(); i++) {
                embeddings[start + i] = Arrays.copyOfRange(flat, i * length, (i + 1) * length);
            }
        }
        return embeddings;
    }

    private float[] embedBatch(List<long[]> batch) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray ids = ClipTextEncoder.ids(scope, batch);
            return textEncoder
                    .encode(scope, ids, textEncoder.noRows(scope))
                    .pooled()
                    .toFloatArray();
        }
    }

    @Override
    public void close() {
        textEncoder.close();
    }
}
