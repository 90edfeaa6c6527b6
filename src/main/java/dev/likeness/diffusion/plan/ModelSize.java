package dev.likeness.diffusion.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How large a model's networks are.
 *
 * @param towers text towers, one or two
 */
public record ModelSize(Unet unet, List<Tower> towers, Vae vae) {

    public ModelSize {
        towers = List.copyOf(towers);
    }

    /** Reads the headers of a model's weight files and its configuration. */
    public static ModelSize read(ModelHeaders headers) {
        List<Tower> towers = new ArrayList<>();
        for (String part : new String[] {"text_encoder", "text_encoder_2"}) {
            if (headers.has(part)) {
                towers.add(SizeReader.tower(headers.config(part), headers.shapes(part)));
            }
        }
        return new ModelSize(
                SizeReader.unet(headers.config("unet"), headers.shapes("unet")),
                towers,
                SizeReader.vae(headers.config("vae"), headers.shapes("vae")));
    }

    /**
     * Numbers in a network's weights.
     *
     * @param all every one
     * @param attentionAdapter of a LoRA of rank 1 at its attentions' projections
     * @param fullAdapter of a LoRA of rank 1 at every linear layer and convolution
     */
    public record Parameters(long all, long attentionAdapter, long fullAdapter) {}

    /**
     * The denoising network.
     *
     * @param channels of each resolution level
     * @param depths transformer blocks in each attention of a level, 0 for a level without attention
     * @param middleDepth transformer blocks of the attention in the middle
     * @param layers residual blocks of a level on the way down
     */
    public record Unet(
            Parameters parameters, List<Integer> channels, List<Integer> depths, int middleDepth, int layers) {

        public Unet {
            channels = List.copyOf(channels);
            depths = List.copyOf(depths);
        }
    }

    /**
     * A text tower.
     *
     * @param width features of a token's state
     * @param hidden features inside its feed-forward layers
     * @param positions tokens of a text
     */
    public record Tower(Parameters parameters, int layers, int width, int hidden, int positions) {}

    /**
     * The autoencoder.
     *
     * @param channels of each resolution level, from the picture to the latents
     */
    public record Vae(Parameters parameters, List<Integer> channels) {

        public Vae {
            channels = List.copyOf(channels);
        }

        /** Pixels to one latent, along a side. */
        int factor() {
            return 1 << (channels.size() - 1);
        }
    }
}
