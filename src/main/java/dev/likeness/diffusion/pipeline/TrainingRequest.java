package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.training.AdamW;
import dev.likeness.diffusion.training.Prompts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training run.
 *
 * @param method that trains
 * @param subject to train
 * @param prior images of the class; null without prior preservation
 * @param settings of the training
 * @param resumeFrom a file written by {@link dev.likeness.diffusion.training.Checkpoint#writeTo}, or null to start from the beginning
 */
public record TrainingRequest(
        Method method,
        Subject subject,
        @Nullable Prior prior,
        Settings settings,
        @Nullable Path resumeFrom) {

    /**
     * @param images the subject's pictures, any size
     * @param prompts prompts of the pictures, for instance "a photo of sks dog"
     * @param faces the facial loss; null for none
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
     * The facial loss: a further term of the loss, on the region of the face.
     *
     * @param crops for each picture the region around its face; empty without a face
     * @param masked whether the loss of the whole picture is masked to the face, or the face is a picture of its own
     * @param weight of this term
     */
    public record Faces(List<Optional<FaceCrop>> crops, boolean masked, double weight) {

        public Faces {
            crops = List.copyOf(crops);
        }
    }

    /**
     * @param images class images
     * @param prompt for instance "a photo of a dog"
     * @param weight lambda, the weight of the prior loss
     */
    public record Prior(List<RgbImage> images, String prompt, double weight) {

        public Prior {
            images = List.copyOf(images);
        }
    }

    /**
     * How to train.
     *
     * @param seed of every random draw of the run
     * @param checkpointEvery shortest time between checkpoints; longer if checkpoints would take more than a twentieth of the
     *     training time
     */
    public record Settings(
            Schedule schedule,
            OptimizerSettings optimizer,
            Batches batches,
            Pictures pictures,
            LossSettings loss,
            Compute compute,
            long seed,
            Duration checkpointEvery) {}

    /**
     * Steps and their learning rates.
     *
     * @param steps optimizer steps in all
     * @param learningRate the rate; the highest one where a schedule changes it
     * @param name {@code constant}, {@code linear}, {@code cosine}, {@code polynomial}, or rates with the steps they last
     *     to, as {@link dev.likeness.diffusion.schedule.LearningRate#parse} reads them
     * @param warmupSteps steps in which the rate rises from zero; 0 with listed rates
     */
    public record Schedule(int steps, double learningRate, String name, int warmupSteps) {}

    /**
     * @param adamW Adafactor takes its weight decay
     * @param maxGradientNorm the gradient's 2-norm over all trained tensors is clipped to this; null for no clipping
     */
    public record OptimizerSettings(
            OptimizerKind kind,
            AdamW.Settings adamW,
            @Nullable Double maxGradientNorm) {}

    /**
     * @param size instance pictures in one forward pass, each with one prior image
     * @param gradientAccumulation forward passes in one optimizer step
     */
    public record Batches(int size, int gradientAccumulation) {}

    /**
     * @param resolution training picture side in pixels
     * @param randomCrop whether instance pictures are cropped at random, not at their middle
     * @param randomFlip whether instance pictures are flipped at random
     */
    public record Pictures(int resolution, boolean randomCrop, boolean randomFlip) {}

    /**
     * @param snrGamma min-SNR weighting (Hang et al. 2023, arXiv:2303.09556), or null without
     * @param noiseOffset standard deviation of an offset that is added to all noise of a channel; 0 for none
     */
    public record LossSettings(@Nullable Double snrGamma, double noiseOffset) {}

    /**
     * @param precision of the forward pass
     * @param gradientCheckpointing computes activations twice instead of keeping them
     */
    public record Compute(Precision precision, boolean gradientCheckpointing) {}
}
