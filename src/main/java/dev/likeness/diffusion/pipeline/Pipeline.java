package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.method.ExportFormat;
import dev.likeness.diffusion.model.ModelInfo;
import dev.likeness.diffusion.sampling.GenerationListener;
import dev.likeness.diffusion.training.TrainingListener;
import dev.likeness.diffusion.training.TrainingSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A base model and what lies over it: what {@link #train} has learned, and what {@link #loadWeights} has read, one over the
 * other, until {@link #useBaseWeights}.
 */
public interface Pipeline extends AutoCloseable {

    /** What the model is. The first call reads all of its files, for the hash. */
    ModelInfo info();

    /**
     * Draws images with the weights in use. An image depends on its own prompt, seed and settings alone, not on the
     * others it is batched with. A listener of {@link #train} may draw after a step, with what is learned by then and
     * with adapters in full; the training goes on as if it had not.
     *
     * @return one for each of the request's images, in that order
     * @throws dev.likeness.diffusion.tensor.StoppedException if the listener asked to stop
     */
    List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener);

    /**
     * Trains from what is in use, or from the request's checkpoint. Afterwards what was learned is in use.
     *
     * @throws dev.likeness.diffusion.tensor.StoppedException if the listener asked to stop
     * @throws dev.likeness.diffusion.training.NanLossException if the loss is no longer a number
     */
    TrainingSummary train(TrainingRequest request, TrainingListener listener);

    /**
     * Writes what the last {@link #train} has learned, and only that, as one safetensors file for {@link #loadWeights}. A
     * listener of it may do so after a step, with what is learned by then.
     */
    void saveWeights(OutputStream out) throws IOException;

    /**
     * Puts what {@link #saveWeights} has written in use, over what is in use already.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it is of another base model, or damaged
     */
    void loadWeights(Path file);

    /**
     * Puts an adapter or embeddings beside what is in use already.
     *
     * @param file of an adapter or embeddings as {@link #saveWeights} writes them, or a safetensors file with the names of
     *     diffusers, peft, kohya or A1111
     * @param scales how much of an adapter counts, whatever a request says; without effect on embeddings
     * @param word what embeddings are to stand for; null for the word in the file
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it does not fit the model, or is damaged
     */
    void loadAdapter(Path file, AdapterScales scales, @Nullable String word);

    /**
     * Chooses how adapters are put in use with the next drawing: summed into copies of the weights, which costs memory but no
     * time afterwards; or run beside them, as at first. The base's own weights stay bit for bit what they are.
     */
    void fuseAdapters(boolean fused);

    /** The forms in which others can load what the last {@link #train}, or the last {@link #loadWeights}, brought. */
    List<ExportFormat> exportFormats();

    /** Writes what was learned in one of {@link #exportFormats}. */
    void export(ExportFormat format, OutputStream out) throws IOException;

    /**
     * Reads an exported file back.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it does not hold what was learned
     */
    void verifyExport(ExportFormat format, Path file);

    /** Puts the base's own weights in use again. */
    void useBaseWeights();

    /** The encoder for scores: the image encoder of a CLIP model. Empty if there is none. */
    Optional<ImageEncoder> imageEncoder();

    /**
     * The text side of the same CLIP model: texts where the pictures are. Empty if there is none.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if the folder holds a image encoder alone
     */
    Optional<TextEncoder> textEncoder();

    /** A second encoder for scores, which tells subjects of one class apart: a DINO. Empty if there is none. */
    Optional<ImageEncoder> dinoEncoder();

    /** Frees every weight. */
    @Override
    void close();

    /** Embeds pictures for scores. */
    interface ImageEncoder {

        /** Its name, as in {@link ScoreEncoders}. */
        String id();

        /** One embedding a picture, not normalised, preprocessed as the encoder's own preprocessor_config.json says. */
        float[][] embed(List<RgbImage> pictures);
    }

    /** Embeds texts for scores. */
    interface TextEncoder {

        /** One embedding a text, not normalised; what is too long for the encoder is cut off. */
        float[][] embed(List<String> texts);
    }
}
