package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How large a model's networks are.
 *
 * @param textEncoders text encoders, one or two
 * @param scorers numbers in the weights of the networks that score its images
 */
public record ModelSize(Unet unet, List<TextEncoder> textEncoders, Vae vae, long scorers) {

    private static final List<String> SCORERS = List.of("clip", "dino");

    public ModelSize {
        textEncoders = List.copyOf(textEncoders);
    }

    /** Reads the headers of a model's weight files and its configuration. */
    public static ModelSize read(ModelHeaders headers) {
        List<TextEncoder> textEncoders = new ArrayList<>();
        for (String part : new String[] {"text_encoder", "text_encoder_2"}) {
            if (headers.has(part)) {
                textEncoders.add(SizeReader.textEncoder(headers.config(part), headers.shapes(part)));
            }
        }
        return new ModelSize(
                SizeReader.unet(headers.config("unet"), headers.shapes("unet")),
                textEncoders,
                SizeReader.vae(headers.config("vae"), headers.shapes("vae")),
                SCORERS.stream()
                        .filter(headers::has)
                        .mapToLong(part ->
                                SizeReader.parameters(headers.shapes(part)).all())
                        .sum());
    }

    /**
     * Numbers in a network's weights.
     *
     * @param all every one
     * @param attentionAdapter of a LoRA of rank 1 at its attentions' projections
     * @param fullAdapter of a LoRA of rank 1 at every linear layer and convolution
     * @param tables those that rows are taken from, embeddings
     * @param attention those of the attentions' projections
     */
    public record Parameters(long all, long attentionAdapter, long fullAdapter, long tables, long attention) {}

    /**
     * The denoising network.
     *
     * @param blocks numbers in the weights of each block, by its name, for instance {@code down_blocks.0.resnets.1}
     * @param channels of each resolution level
     * @param depths transformer blocks in each attention of a level, 0 for a level without attention
     * @param middleDepth transformer blocks of the attention in the middle
     * @param layers residual blocks of a level on the way down
     */
    public record Unet(
            Parameters parameters,
            Map<String, Long> blocks,
            List<Integer> channels,
            List<Integer> depths,
            int middleDepth,
            int layers) {

        public Unet {
            blocks = Map.copyOf(blocks);
            channels = List.copyOf(channels);
            depths = List.copyOf(depths);
        }

        /** Numbers in the weights of a block; 0 if it has none. */
        long weights(String block) {
            return blocks.getOrDefault(block, 0L);
        }
    }

    /**
     * A text encoder.
     *
     * @param width features of a token's state
     * @param hidden features inside its feed-forward layers
     * @param positions tokens of a text
     */
    public record TextEncoder(Parameters parameters, int layers, int width, int hidden, int positions) {}

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
