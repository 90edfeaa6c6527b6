package dev.likeness.diffusion.caption;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.caption.Blip.ImageFeatures;
import dev.likeness.diffusion.data.Preprocessor;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.token.WordPieceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Captions pictures with BLIP (Li et al. 2022, arXiv:2201.12086), with the results of transformers'
 * BlipForConditionalGeneration. Use it only on an engine thread.
 */
public final class Captioner implements AutoCloseable {

    private final NDManager manager;
    private final Blip blip;
    private final Preprocessor preprocessor;
    private final WordPieceTokenizer tokenizer;

    private Captioner(NDManager manager, Blip blip, Preprocessor preprocessor, WordPieceTokenizer tokenizer) {
        this.manager = manager;
        this.blip = blip;
        this.preprocessor = preprocessor;
        this.tokenizer = tokenizer;
    }

    /**
     * Settings of the generation of captions.
     *
     * @param prompt words at the beginning; may be empty
     * @param beams 1 takes the most likely token each time; more use a beam search with this number of texts
     * @param maxLength maximum number of tokens, including the prompt's and those for start and end; at least 2
     */
    public record Options(String prompt, int beams, int maxLength) {

        public Options {
            if (beams < 1) {
                throw new IllegalArgumentException("beams: " + beams + " is less than 1");
            }
            if (maxLength < 2) {
                throw new IllegalArgumentException("max length: " + maxLength + " is less than 2");
            }
        }
    }

    /**
     * Loads a BlipForConditionalGeneration folder: config.json, weights, preprocessor_config.json and a WordPiece
     * tokenizer.
     *
     * @param parent owns the captioner's memory
     * @throws InvalidModelException if something is missing, not supported, or does not match
     */
    public static Captioner load(NDManager parent, Path folder) {
        Blip blip = Blip.load(parent, folder);
        try {
            return new Captioner(parent, blip, preprocessor(folder, blip.imageSize()), tokenizer(folder));
        } catch (RuntimeException e) {
            blip.close();
            throw e;
        }
    }

    private static Preprocessor preprocessor(Path folder, int side) {
        String name = "preprocessor_config.json";
        Preprocessor preprocessor;
        try {
            preprocessor = Preprocessor.read(folder.resolve(name));
        } catch (IOException e) {
            throw new InvalidModelException(name + " of BLIP: missing or unreadable", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(name + " of BLIP: " + e.getMessage(), e);
        }
        if (preprocessor.width() != side || preprocessor.height() != side) {
            throw new InvalidModelException("%s of BLIP: pictures of %dx%d pixels, but the network takes %dx%d"
                    .formatted(name, preprocessor.width(), preprocessor.height(), side, side));
        }
        return preprocessor;
    }

    private static WordPieceTokenizer tokenizer(Path folder) {
        try {
            return WordPieceTokenizer.load(folder);
        } catch (IOException e) {
            throw new InvalidModelException("tokenizer of BLIP: tokenizer.json and vocab.txt missing or unreadable", e);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("tokenizer of BLIP: " + e.getMessage(), e);
        }
    }

    /**
     * Describes a picture of any size.
     *
     * @return words in lower case, including those of the prompt
     * @throws IllegalArgumentException if the maximum length is not more than the prompt's length, or more than the
     *     model's limit
     */
    public String caption(RgbImage picture, Options options) {
        long[] start = start(options);
        try (NDManager scope = manager.newSubManager()) {
            ImageFeatures features = blip.encode(scope, preprocessor.apply(picture));
            long[] text = options.beams() == 1
                    ? new GreedySearch(blip.endToken(), options.maxLength())
                            .complete(start, texts -> blip.logits(features, texts))
                    : new BeamSearch(options.beams(), blip.endToken(), options.maxLength())
                            .complete(start, texts -> blip.logProbabilities(features, texts));
            return tokenizer.decode(Arrays.copyOfRange(text, 1, text.length));
        }
    }

    /** Maximum number of tokens in a caption, including start and end. */
    public int maxLength() {
        return blip.maxLength();
    }

    private long[] start(Options options) {
        long[] words = tokenizer.ids(options.prompt());
        if (words.length + 1 >= options.maxLength() || options.maxLength() > blip.maxLength()) {
            throw new IllegalArgumentException(
                    "max length: %d must be more than the %d tokens of the prompt and at most %d"
                            .formatted(options.maxLength(), words.length + 1, blip.maxLength()));
        }
        long[] start = new long[words.length + 1];
        start[0] = blip.startToken();
        System.arraycopy(words, 0, start, 1, words.length);
        return start;
    }

    @Override
    public void close() {
        blip.close();
        tokenizer.close();
    }
}
