package dev.likeness.diffusion.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.likeness.diffusion.tensor.ModelConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * BERT's WordPiece (Wu et al. 2016, arXiv:1609.08144, section 4.1) with a model's vocabulary, equal to transformers'
 * {@code BertTokenizer}. Thread-safe. Needs no libtorch.
 */
public final class WordPieceTokenizer implements AutoCloseable {

    static {
        TokenizersLibrary.useBundled();
    }

    private final HuggingFaceTokenizer tokenizer;

    private WordPieceTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads a tokenizer's folder: {@code tokenizer.json}, or if it is missing {@code vocab.txt} and
     * {@code tokenizer_config.json}.
     *
     * @throws IOException if both are missing, or the file cannot be read
     * @throws IllegalArgumentException if it is not a WordPiece tokenizer
     */
    public static WordPieceTokenizer load(Path folder) throws IOException {
        JsonNode json = json(folder);
        JsonNode type = json.path("model").path("type");
        if (!type.asString("").equals("WordPiece")) {
            throw new IllegalArgumentException("tokenizer.json: model type %s is not WordPiece".formatted(type));
        }
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            return new WordPieceTokenizer(
                    HuggingFaceTokenizer.newInstance(in, Map.of("truncation", "false", "padding", "false")));
        } catch (RuntimeException e) {
            // The library throws no more specific exception.
            throw new IllegalArgumentException("tokenizer.json: not understood", e);
        }
    }

    private static JsonNode json(Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        try {
            return Files.exists(file) ? ModelConfig.parse(Files.readString(file)) : WordPieceJson.read(folder);
        } catch (JacksonException e) {
            throw new IOException("the tokenizer's files are not JSON", e);
        }
    }

    /** All tokens of a text, without start and end. */
    public long[] ids(String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    /**
     * The text of tokens: parts of words are joined, punctuation has no space before it, special tokens are left out.
     */
    public String decode(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
