package dev.likeness.diffusion.training;

/**
 * A tensor that holds something else than finite numbers.
 *
 * @param kind what it is
 * @param network the folder of the network it belongs to: {@code unet}, {@code text_encoder}, {@code text_encoder_2}; empty
 *     for what is computed around the networks
 * @param tensor the name of a weight, the prefix of a block, or what else it is called
 */
public record NotFinite(Kind kind, String network, String tensor) {

    /** What a tensor is in a training step. */
    public enum Kind {
        /** The latents that the UNet is fed, or compared with. */
        INPUT,
        /** A weight, as it was before the step. */
        WEIGHT,
        /** What a block made of its inputs. */
        OUTPUT,
        /** The loss, what it is weighted by, or its gradient with respect to the UNet's output. */
        LOSS,
        /** The gradient of the loss with respect to what enters a block. */
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
