package dev.likeness.diffusion.training;

/**
 * A tensor with values that are not finite.
 *
 * @param kind of the tensor
 * @param network the folder of its network: {@code unet}, {@code text_encoder}, {@code text_encoder_2}; empty
 *     for tensors outside the networks
 * @param tensor the name of a weight, the prefix of a block, or another name
 */
public record NotFinite(Kind kind, String network, String tensor) {

    /** The part of a training step that a tensor belongs to. */
    public enum Kind {
        /** The latents that are the denoiser's input or target. */
        INPUT,
        /** A weight before the step. */
        WEIGHT,
        /** The output of a block. */
        OUTPUT,
        /** The loss, its weights, or its gradient with respect to the denoiser's output. */
        LOSS,
        /** The gradient of the loss with respect to the input of a block. */
        INPUT_GRADIENT,
        /** The gradient of the loss with respect to a weight. */
        WEIGHT_GRADIENT
    }

    @Override
    public String toString() {
        String of = network.isEmpty() ? tensor : network + "." + tensor;
        return switch (kind) {
            case INPUT, WEIGHT, LOSS -> of;
            case OUTPUT -> "the output of " + of;
            case INPUT_GRADIENT -> "the gradient of the input of " + of;
            case WEIGHT_GRADIENT -> "the gradient of " + of;
        };
    }
}
