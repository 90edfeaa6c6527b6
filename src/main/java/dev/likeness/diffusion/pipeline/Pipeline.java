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
 * A base model, and the weights that are applied to it in order: those that {@link #train} trained, and those that {@link
 * #loadWeights} loaded. {@link #useBaseWeights} removes them.
 */
public interface Pipeline extends AutoCloseable {

    /** Facts about the base model. From the first call on, its files are read for the hash. */
    ModelInfo info();

    /**
     * Generates images with the weights in use. An image depends only on its own prompt, seed and settings, not on the
     * other images of its batch. A listener of {@link #train} may call this after a step: the images then use the
     * weights trained so far and full adapter scales, and the training continues unchanged.
     *
     * @return one image for each of the request, in order
     * @throws dev.likeness.diffusion.tensor.StoppedException if the listener asked to stop
     */
    List<GeneratedImage> generate(GenerationRequest request, GenerationListener listener);

    /**
     * Trains, starting with the weights in use or with the request's checkpoint. Afterwards the trained weights are in use.
     *
     * @throws dev.likeness.diffusion.tensor.StoppedException if the listener asked to stop
     * @throws dev.likeness.diffusion.training.NanLossException if the loss is not finite
     */
    TrainingSummary train(TrainingRequest request, TrainingListener listener);

    /**
     * Writes the trained weights of the last {@link #train}, and nothing else, as one safetensors file for {@link
     * #loadWeights}. A listener of the training may call this after a step, for the weights trained so far.
     */
    void saveWeights(OutputStream out) throws IOException;

    /**
     * Chooses the weights of which {@link #generate} and {@link #saveWeights} are, where a listener of {@link #train} calls them and the
     * training keeps an average: the average, which is the default and what the training results in, or what is trained itself.
     */
    void useAverage(boolean average);

    /**
     * Applies a file of {@link #saveWeights} to the weights in use.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it belongs to another base model, or is damaged
     */
    void loadWeights(Path file);

    /**
     * Adds an adapter or embeddings to the weights in use.
     *
     * @param file of an adapter or embeddings as {@link #saveWeights} writes them, or a safetensors file with the names of
     *     diffusers, peft, kohya or A1111
     * @param scales scales of the adapter, which requests do not change; without effect on embeddings
     * @param word placeholder token of the embeddings; null for the one in the file
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if it does not fit the model, or is damaged
     */
    void loadAdapter(Path file, AdapterScales scales, @Nullable String word);

    /**
     * Sets how the next generation uses adapters: fused with copies of the weights, which takes memory and is faster to
     * sample, or beside the weights, which is the default. The base model's own weights do not change.
     */
    void fuseAdapters(boolean fused);

    /** The export formats of the weights that were last trained or loaded. */
    List<ExportFormat> exportFormats();

    /** Writes the trained weights in one of {@link #exportFormats}. */
    void export(ExportFormat format, OutputStream out) throws IOException;

    /**
     * Reads an exported file back.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if its contents differ from the trained weights
     */
    void verifyExport(ExportFormat format, Path file);

    /** Removes everything trained and loaded, so that the base model's own weights are in use. */
    void useBaseWeights();

    /** The image encoder of a CLIP model, for scores; empty without a CLIP model. */
    Optional<ImageEncoder> imageEncoder();

    /**
     * The text encoder of the same CLIP model, whose embeddings are comparable with those of images; empty without a CLIP
     * model.
     *
     * @throws dev.likeness.diffusion.tensor.InvalidModelException if the folder contains only an image encoder
     */
    Optional<TextEncoder> textEncoder();

    /** A DINO model for scores, which distinguishes subjects of one class; empty without a DINO model. */
    Optional<ImageEncoder> dinoEncoder();

    /** Frees every weight. */
    @Override
    void close();

    /** Embeds pictures for scores. */
    interface ImageEncoder {

        /** Its name, as in {@link ScoreEncoders}. */
        String id();

        /** One embedding per picture, not normalised. Pictures are preprocessed as the encoder's preprocessor_config.json says. */
        float[][] embed(List<RgbImage> pictures);
    }

    /** Embeds texts for scores. */
    interface TextEncoder {

        /** One embedding per text, not normalised. Texts that are too long for the encoder are cut off. */
        float[][] embed(List<String> texts);
    }
}
