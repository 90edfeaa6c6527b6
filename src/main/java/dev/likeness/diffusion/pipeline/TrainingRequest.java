package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.training.Prompts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training run.
 *
 * @param method what learns
 * @param subject what is to be known
 * @param prior what is to be preserved; null without prior preservation
 * @param settings how to train
 * @param resumeFrom a file written by {@link dev.likeness.diffusion.training.Checkpoint#writeTo}, or null to start anew
 */
public record TrainingRequest(
        Method method,
        Subject subject,
        @Nullable Prior prior,
        Settings settings,
        @Nullable Path resumeFrom) {

    /**
     * @param images the subject's pictures, any size
     * @param prompts what they are said to show, for instance "a photo of sks dog"
     * @param faces a further term of the loss; null for none
     */
    public record Subject(
            List<RgbImage> images,
            Prompts prompts,
            @Nullable Faces faces) {

        public Subject {
            images = List.copyOf(images);
        }

        /** Without a facial loss. */
        public Subject(List<RgbImage> images, Prompts prompts) {
            this(images, prompts, null);
        }
    }

    /**
     * The facial loss: the same noise loss where a face is.
     *
     * @param crops for each picture the part around its face, empty where it shows none
     * @param masked whether the face counts in its place in the picture, or as a picture of its own
     * @param weight of this term
     */
    public record Faces(List<Optional<FaceCrop>> crops, boolean masked, double weight) {

        public Faces {
            crops = List.copyOf(crops);
        }
    }

    /**
     * @param images pictures of the plain class
     * @param prompt for instance "a photo of a dog"
     * @param weight lambda of the prior half of the loss
     */
    public record Prior(List<RgbImage> images, String prompt, double weight) {

        public Prior {
            images = List.copyOf(images);
        }
    }

    /**
     * @param steps optimizer steps in all
     * @param learningRate the rate, at its highest where it changes
     * @param schedule {@code constant}, {@code linear}, {@code cosine}, {@code polynomial}, or rates with the steps they
     *     last to, as {@link dev.likeness.diffusion.schedule.LearningRate#parse} reads them
     * @param warmupSteps steps over which the rate rises from zero; not with listed rates
     * @param optimizer {@code adamw}, {@code adamw_8bit} or {@code adafactor}
     * @param batchSize instance pictures in one forward pass; as many prior pictures go with them
     * @param gradientAccumulation forward passes to one optimizer step
     * @param resolution training picture side in pixels
     * @param precision {@code fp32}, {@code bf16} or {@code fp16}
     * @param gradientCheckpointing trades a second forward pass for memory
     * @param maxGradientNorm the gradient's 2-norm over all trained tensors is clipped to this; null for no clipping
     * @param snrGamma min-SNR weighting (Hang et al. 2023, arXiv:2303.09556), or null without
     * @param noiseOffset standard deviation of what is added to all noise of a channel alike; 0 for none
     * @param beta1 AdamW
     * @param beta2 AdamW
     * @param weightDecay of every optimizer
     * @param epsilon AdamW
     * @param randomCrop whether the square is cut out of instance pictures at random, instead of from their middle
     * @param randomFlip whether instance pictures are mirrored at random
     * @param seed of every random draw of the run
     * @param checkpointEvery a checkpoint is offered when this much time has passed, but never more often than keeps
     *     its cost under a twentieth of the training time
     */
    public record Settings(
            int steps,
            double learningRate,
            String schedule,
            int warmupSteps,
            String optimizer,
            int batchSize,
            int gradientAccumulation,
            int resolution,
            String precision,
            boolean gradientCheckpointing,
            @Nullable Double maxGradientNorm,
            @Nullable Double snrGamma,
            double noiseOffset,
            double beta1,
            double beta2,
            double weightDecay,
            double epsilon,
            boolean randomCrop,
            boolean randomFlip,
            long seed,
            Duration checkpointEvery) {}
}
