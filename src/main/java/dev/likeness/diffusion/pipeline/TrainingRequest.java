package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.data.Focus;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FacialLoss;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingSettings;
import java.nio.file.Path;
import java.util.Collections;
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
        TrainingSettings settings,
        @Nullable Path resumeFrom) {

    /**
     * @param images the subject's pictures, any size
     * @param prompts prompts of the pictures, for instance "a photo of sks dog"
     * @param faces the facial loss; null for none
     * @param focuses for each picture the place in the middle of its crop, unless crops are random; empty for the middle of the
     *     picture
     * @param masks of the pictures; null for none
     */
    public record Subject(
            List<RgbImage> images,
            Prompts prompts,
            @Nullable Faces faces,
            List<Optional<Focus>> focuses,
            @Nullable Masks masks) {

        public Subject {
            images = List.copyOf(images);
            focuses = List.copyOf(focuses);
        }

        /** Without masks, cropped in the middle or at random. */
        public Subject(List<RgbImage> images, Prompts prompts, @Nullable Faces faces) {
            this(images, prompts, faces, Collections.nCopies(images.size(), Optional.empty()), null);
        }

        /** Without a facial loss either. */
        public Subject(List<RgbImage> images, Prompts prompts) {
            this(images, prompts, null);
        }
    }

    /**
     * Masks that weight the loss: mask + (1 - mask) * outside.
     *
     * @param masks for each picture a gray picture of its size, white where the subject is; empty for a picture that counts fully
     * @param outside 0 to 1
     */
    public record Masks(List<Optional<RgbImage>> masks, double outside) {

        public Masks {
            masks = List.copyOf(masks);
        }
    }

    /**
     * The facial loss: a further term of the loss, on the region of the face.
     *
     * @param crops for each picture the region around its face; empty without a face
     * @param region what the term is computed on
     * @param weight of this term
     */
    public record Faces(List<Optional<FaceCrop>> crops, FacialLoss region, double weight) {

        public Faces {
            crops = List.copyOf(crops);
        }

        /** Checkpoints contain this text: {@link TrainingFingerprint}. */
        @Override
        public String toString() {
            return "Faces[crops=%s, masked=%s, weight=%s]".formatted(crops, region == FacialLoss.MASK, weight);
        }
    }

    /**
     * @param images class images, each of which is read once, so that a list can load them one after the other
     * @param prompts of the images, for instance "a photo of a dog"
     * @param weight lambda, the weight of the prior loss
     */
    public record Prior(List<RgbImage> images, Prompts prompts, double weight) {

        public Prior {
            images = Collections.unmodifiableList(images);
        }

        /** With one prompt for all images. */
        public Prior(List<RgbImage> images, String prompt, double weight) {
            this(images, Prompts.fixed(prompt), weight);
        }

        /** Checkpoints contain this text: {@link TrainingFingerprint}. */
        String prompt() {
            return prompts.captions().isEmpty() ? prompts.templates().get(0) : prompts.toString();
        }
    }
}
