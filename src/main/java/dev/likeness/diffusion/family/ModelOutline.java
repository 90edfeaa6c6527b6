package dev.likeness.diffusion.family;

import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a model is made of, before any weight is read.
 *
 * @param denoiser the denoising network
 * @param conditioning how prompts become what the denoiser is conditioned on
 * @param latents what the denoiser works on
 * @param resolution native side of pictures in pixels
 * @param sizeMultiple every side has to be a multiple of this many pixels
 */
public record ModelOutline(
        NetworkOutline denoiser,
        ConditioningOutline conditioning,
        LatentOutline latents,
        int resolution,
        int sizeMultiple) {

    /** All networks, in the order in which a check goes through them. */
    public List<NetworkOutline> networks() {
        List<NetworkOutline> networks = new ArrayList<>(List.of(denoiser, latents.autoencoder()));
        conditioning.textEncoders().forEach(textEncoder -> networks.add(textEncoder.network()));
        return networks;
    }

    /**
     * A network.
     *
     * @param part its folder
     * @param topologies what it computes; more than one where they share a file of weights
     * @param currentName the network's name of a tensor of a file; empty for what it does not have
     */
    public record NetworkOutline(String part, List<Topology> topologies, UnaryOperator<String> currentName) {

        public NetworkOutline {
            topologies = List.copyOf(topologies);
        }

        /** The weights that the network has. */
        public Map<String, WeightSpec> weights() {
            return NeededWeights.of(topologies);
        }

        /** What the network computes, where that is one thing. */
        public Topology topology() {
            return topologies.get(0);
        }
    }

    /**
     * @param textEncoders in the order that the layout counts them
     * @param layout how their states make the conditioning
     * @param zeroesEmptyPrompts whether the conditioning of an empty prompt is zero where images are sampled
     */
    public record ConditioningOutline(
            List<TextEncoderOutline> textEncoders, ConditioningLayout layout, boolean zeroesEmptyPrompts) {

        public ConditioningOutline {
            textEncoders = List.copyOf(textEncoders);
        }
    }

    /**
     * @param tokenizer folder of its tokenizer
     * @param vocabulary rows of its table of tokens
     * @param positions tokens of a text, its start and end included
     */
    public record TextEncoderOutline(NetworkOutline network, String tokenizer, int vocabulary, int positions) {}

    /**
     * @param decoder from latents to pictures
     * @param factor pixels to one latent, along a side
     * @param scale and shift: {@link LatentCodec}
     */
    public record LatentOutline(NetworkOutline autoencoder, Topology decoder, int factor, double scale, double shift) {}
}
