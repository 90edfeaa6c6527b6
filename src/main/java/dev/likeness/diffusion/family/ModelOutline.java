package dev.likeness.diffusion.family;

import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.DenoiserNames;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.graph.WeightSpec;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
        DenoiserOutline denoiser,
        ConditioningOutline conditioning,
        LatentOutline latents,
        int resolution,
        int sizeMultiple) {

    /** All networks, in the order of checks. */
    public List<NetworkOutline> networks() {
        List<NetworkOutline> networks = new ArrayList<>(List.of(denoiser.network(), latents.autoencoder()));
        conditioning.textEncoders().forEach(textEncoder -> networks.add(textEncoder.network()));
        return networks;
    }

    /**
     * The layers that adapters can change, and the tokens that can be learned.
     *
     * @param shapes of a part's tensors by their names, for instance {@link ModelHeaders#shapes}
     */
    public BaseLayers layers(Function<String, Map<String, long[]>> shapes) {
        Map<String, long[]> all = new LinkedHashMap<>();
        denoiser.network().addTo(all, shapes);
        List<BaseLayers.TextEncoder> textEncoders = new ArrayList<>();
        for (TextEncoderOutline each : conditioning.textEncoders()) {
            NetworkOutline network = each.network();
            network.addTo(all, shapes);
            textEncoders.add(
                    new BaseLayers.TextEncoder(network.part(), network.attention(), each.width(), each.positions()));
        }
        return new BaseLayers(
                all,
                new BaseLayers.Denoiser(
                        denoiser.network().part(), denoiser.network().attention(), denoiser.names()),
                textEncoders);
    }

    /**
     * A network.
     *
     * @param part its folder
     * @param topologies its computations; several if they share a weight file
     * @param currentName maps a tensor's key in a file to the network's name; empty for unused tensors
     * @param attention names of the projections of its attentions, which adapters can be limited to
     */
    public record NetworkOutline(
            String part, List<Topology> topologies, UnaryOperator<String> currentName, Set<String> attention) {

        public NetworkOutline {
            topologies = List.copyOf(topologies);
            attention = Set.copyOf(attention);
        }

        private void addTo(Map<String, long[]> all, Function<String, Map<String, long[]>> shapes) {
            shapes.apply(part).forEach((name, shape) -> {
                String current = currentName.apply(name);
                if (!current.isEmpty()) {
                    all.put(part + "." + current, shape);
                }
            });
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
     * @param network one topology
     * @param names of its layers in adapter files
     * @param trainingGuidance the guidance scale that training uses, if it is an input of the denoiser; else null
     */
    public record DenoiserOutline(
            NetworkOutline network,
            DenoiserNames names,
            @Nullable Double trainingGuidance) {}

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

        /** The most layers that every encoder can skip at its end. Without any layer, its states are embeddings. */
        public int mostClipSkip() {
            return layout.context().stream()
                    .mapToInt(piece -> textEncoders.get(piece.encoder()).layers()
                            - (piece.state() == ConditioningLayout.State.PENULTIMATE ? 1 : 0))
                    .min()
                    .orElse(0);
        }
    }

    /**
     * @param kind of encoder
     * @param tokenizer folder of its tokenizer
     * @param width length of a token's embedding
     * @param vocabulary rows of its embedding table
     * @param positions tokens of a text, including start and end
     * @param layers number of its layers
     */
    public record TextEncoderOutline(
            NetworkOutline network,
            TextEncoderKind kind,
            String tokenizer,
            int width,
            int vocabulary,
            int positions,
            int layers) {}

    /**
     * @param decoder from latents to pictures
     * @param factor pixels per latent position, along a side
     * @param scale and shift: {@link LatentCodec}
     */
    public record LatentOutline(NetworkOutline autoencoder, Topology decoder, int factor, double scale, double shift) {}
}
