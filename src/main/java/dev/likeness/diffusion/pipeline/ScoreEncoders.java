package dev.likeness.diffusion.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The encoders that score a base model's images.
 *
 * @param clip a transformers CLIPModel; null for none
 * @param dino a DINO ViT or a DINOv2; null for none
 */
public record ScoreEncoders(
        @Nullable Encoder clip, @Nullable Encoder dino) {

    /** Folders of the encoders inside a base model's folder. */
    private static final String OWN_CLIP = "clip";

    private static final String OWN_DINO = "dino";

    /**
     * An encoder.
     *
     * @param id its name in scores
     * @param folder with its config.json, weights and preprocessor_config.json
     */
    public record Encoder(String id, Path folder) {}

    /** The encoders that a base model's folder holds. */
    public static ScoreEncoders in(Path modelFolder) {
        return new ScoreEncoders(own(modelFolder, OWN_CLIP), own(modelFolder, OWN_DINO));
    }

    /** These encoders, and the others where one is missing. */
    public ScoreEncoders orElse(ScoreEncoders others) {
        return new ScoreEncoders(clip == null ? others.clip : clip, dino == null ? others.dino : dino);
    }

    /** The same encoders with names that begin with the model's id. */
    public ScoreEncoders within(String modelId) {
        return new ScoreEncoders(within(modelId, clip), within(modelId, dino));
    }

    private static @Nullable Encoder within(String modelId, @Nullable Encoder encoder) {
        return encoder == null ? null : new Encoder(modelId + "/" + encoder.id(), encoder.folder());
    }

    private static @Nullable Encoder own(Path modelFolder, String name) {
        Path folder = modelFolder.resolve(name);
        return Files.isDirectory(folder) ? new Encoder(name, folder) : null;
    }
}
