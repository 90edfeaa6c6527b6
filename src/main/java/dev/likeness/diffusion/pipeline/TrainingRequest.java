package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.data.RgbImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DreamBooth run (Ruiz et al. 2022, arXiv:2208.12242).
 *
 * @param instanceImages the subject's pictures, any size
 * @param instancePrompt for instance "a photo of sks dog"
 * @param priorImages pictures of the plain class, empty without prior preservation
 * @param priorPrompt for instance "a photo of a dog"
 * @param settings how to train
 * @param resumeFrom a file written by {@link dev.likeness.diffusion.training.Checkpoint#writeTo}, or null to start from the base weights
 */
public record TrainingRequest(
        List<RgbImage> instanceImages,
        String instancePrompt,
        List<RgbImage> priorImages,
        String priorPrompt,
        Settings settings,
        @Nullable Path resumeFrom) {

    public TrainingRequest {
        instanceImages = List.copyOf(instanceImages);
        priorImages = List.copyOf(priorImages);
    }

    /**
     * @param steps optimizer steps in all
     * @param learningRate AdamW's rate, constant
     * @param batchSize instance pictures in one forward pass; as many prior pictures go with them
     * @param gradientAccumulation forward passes to one optimizer step
     * @param resolution training picture side in pixels
     * @param precision {@code fp32} or {@code bf16}
     * @param gradientCheckpointing trades a second forward pass for memory
     * @param trainTextEncoder whether the text tower learns too
     * @param priorLossWeight lambda of the prior half of the loss
     * @param maxGradientNorm the gradient's 2-norm over all trained weights is clipped to this
     * @param snrGamma min-SNR weighting (Hang et al. 2023, arXiv:2303.09556), or null without
     * @param beta1 AdamW
     * @param beta2 AdamW
     * @param weightDecay AdamW
     * @param epsilon AdamW
     * @param randomFlip whether instance pictures are mirrored at random
     * @param seed of every random draw of the run
     * @param checkpointEvery a checkpoint is offered when this much time has passed, but never more often than keeps
     *     its cost under a twentieth of the training time
     */
    public record Settings(
            int steps,
            double learningRate,
            int batchSize,
            int gradientAccumulation,
            int resolution,
            String precision,
            boolean gradientCheckpointing,
            boolean trainTextEncoder,
            double priorLossWeight,
            double maxGradientNorm,
            @Nullable Double snrGamma,
            double beta1,
            double beta2,
            double weightDecay,
            double epsilon,
            boolean randomFlip,
            long seed,
            Duration checkpointEvery) {}
}
