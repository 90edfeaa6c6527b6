package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.Preprocessor;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.ClipImageEncoder;
import dev.likeness.diffusion.evaluation.ClipTextEncoderWithProjection;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.TextEncoder;
import dev.likeness.diffusion.tensor.EngineThreads;
import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.token.ClipTokenizer;
import dev.likeness.diffusion.token.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CLIP model for scores. Each encoder is loaded at its first use and kept until closed. */
final class ClipModel implements AutoCloseable {

    private final NDManager manager;
    private final String id;
    private final Path folder;
    private final Path pipelineTokenizer;
    private @Nullable Pictures pictures;
    private @Nullable Texts texts;

    /** @param pipelineTokenizer folder of the tokenizer for a CLIP model without its own */
    ClipModel(NDManager manager, ScoreEncoders.Encoder encoder, Path pipelineTokenizer) {
        this.manager = manager;
        this.id = encoder.id();
        this.folder = encoder.folder();
        this.pipelineTokenizer = pipelineTokenizer;
    }

    ImageEncoder imageEncoder() {
        if (pictures == null) {
            pictures = new Pictures(id, ClipImageEncoder.load(manager, folder), preprocessor());
        }
        return pictures;
    }

    TextEncoder textEncoder() {
        if (texts == null) {
            ClipTextEncoderWithProjection network = ClipTextEncoderWithProjection.load(manager, folder);
            try {
                texts = new Texts(network, tokenizer(network));
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
        }
        return texts;
    }

    private Preprocessor preprocessor() {
        try {
            return Preprocessor.read(folder.resolve("preprocessor_config.json"));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelException("%s: preprocessor_config.json cannot be read".formatted(id), e);
        }
    }

    /** The CLIP model's own tokenizer, or the base model's, which then must have as many tokens as the text encoder. */
    private ClipTokenizer tokenizer(ClipTextEncoderWithProjection network) {
        boolean own = TokenizerFiles.isIn(folder);
        ClipTokenizer tokenizer;
        try {
            tokenizer = own ? ClipTokenizer.load(folder) : ClipTokenizer.loadVocabulary(pipelineTokenizer);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelException(
                    "%s: its tokenizer cannot be read: %s".formatted(id, FileFaults.reason(e)), e);
        }
        int tokens = tokenizer.vocabularySize();
        int rows = network.vocabularySize();
        if (own ? tokens > rows : tokens != rows) {
            tokenizer.close();
            throw new InvalidModelException(
                    "%s: %s has %d tokens, but the text encoder has %d: the tokenizer belongs to another model"
                            .formatted(
                                    id,
                                    own ? "its tokenizer" : "it has no tokenizer, and the base model's",
                                    tokens,
                                    rows));
        }
        if (tokenizer.maxLength() > network.maxLength()) {
            int length = tokenizer.maxLength();
            tokenizer.close();
            throw new InvalidModelException("%s: its tokenizer makes texts of %d tokens, its text encoder takes %d"
                    .formatted(id, length, network.maxLength()));
        }
        return tokenizer;
    }

    @Override
    public void close() {
        if (pictures != null) {
            pictures.network.close();
            pictures = null;
        }
        if (texts != null) {
            texts.tokenizer.close();
            texts.network.close();
            texts = null;
        }
    }

    private record Pictures(String id, ClipImageEncoder network, Preprocessor preprocessor) implements ImageEncoder {

        @Override
        public float[][] embed(List<RgbImage> pictures) {
            EngineThreads.requireCurrent();
            return network.embed(pictures.stream().map(preprocessor::apply).toList());
        }
    }

    private record Texts(ClipTextEncoderWithProjection network, ClipTokenizer tokenizer) implements TextEncoder {

        @Override
        public float[][] embed(List<String> texts) {
            EngineThreads.requireCurrent();
            return network.embed(texts.stream().map(tokenizer::encode).toList());
        }
    }
}
