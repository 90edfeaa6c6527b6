package dev.likeness.diffusion.family;

import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The structure of a model, before any weight is read.
 *
 * @param denoiser the denoising network
 * @param conditioning how prompts are encoded for the denoiser
 * @param latents the denoiser's input space
 * @param resolution native side of pictures in pixels
 * @param sizeMultiple sides must be multiples of this many pixels
 */
public record ModelOutline(
        NetworkOutline denoiser,
        ConditioningOutline conditioning,
        LatentOutline latents,
        int resolution,
        int sizeMultiple) {

    /** All networks, in the order of checks. */
    public List<NetworkOutline> networks() {
        List<NetworkOutline> networks = new ArrayList<>(List.of(denoiser, latents.autoencoder()));
        conditioning.textEncoders().forEach(textEncoder -> networks.add(textEncoder.network()));
        return networks;
    }

    /**
     * A network.
     *
     * @param part its folder
     * @param topologies its computations; several if they share a weight file
     * @param currentName maps a tensor's key in a file to the network's name; empty for unused tensors
     */
    public record NetworkOutline(String part, List<Topology> topologies, UnaryOperator<String> currentName) {

        public NetworkOutline {
            topologies = List.copyOf(topologies);
        }

        /** The weights that the network has. */
        public Map<String, WeightSpec> weights() {
            return NeededWeights.of(topologies);
        }

        /** The network's only topology. */
        public Topology topology() {
            return topologies.get(0);
        }
    }

    /**
     * @param textEncoders in the order of the layout's indices
     * @param layout how their states form the conditioning
     * @param zeroesEmptyPrompts whether an empty prompt has zero conditioning in sampling
     */
    public record ConditioningOutline(
            List<TextEncoderOutline> textEncoders, ConditioningLayout layout, boolean zeroesEmptyPrompts) {

        public ConditioningOutline {
            textEncoders = List.copyOf(textEncoders);
        }
    }

    /**
     * @param tokenizer folder of its tokenizer
     * @param vocabulary rows of its embedding table
     * @param positions tokens of a text, including start and end
     */
    public record TextEncoderOutline(NetworkOutline network, String tokenizer, int vocabulary, int positions) {}

    /**
     * @param decoder from latents to pictures
     * @param factor pixels per latent position, along a side
     * @param scale and shift: {@link LatentCodec}
     */
    public record LatentOutline(NetworkOutline autoencoder, Topology decoder, int factor, double scale, double shift) {}
}
