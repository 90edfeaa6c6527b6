package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.family.ModelOutline;
import dev.likeness.diffusion.family.ModelOutline.NetworkOutline;
import dev.likeness.diffusion.graph.NeededWeights;
import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sizes of a model's networks.
 *
 * @param denoiser the denoising network
 * @param textEncoders in the order of their folders
 * @param autoencoder between pictures and latents
 * @param scorers numbers in the weights of the networks that score images, by their folder: {@code clip}, {@code dino}
 */
public record ModelSize(
        Network denoiser, List<Network> textEncoders, Autoencoder autoencoder, Map<String, Long> scorers) {

    private static final List<String> SCORERS = List.of("clip", "dino");

    public ModelSize {
        textEncoders = List.copyOf(textEncoders);
        scorers = Map.copyOf(scorers);
    }

    /** Reads a model's configuration and the headers of its weight files. */
    public static ModelSize read(ModelHeaders headers) {
        ModelOutline outline = ModelFamilies.of(headers).outline(headers);
        return new ModelSize(
                network(headers, outline.denoiser().network()),
                outline.conditioning().textEncoders().stream()
                        .map(textEncoder -> network(headers, textEncoder.network()))
                        .toList(),
                new Autoencoder(
                        parameters(headers, outline.latents().autoencoder().part(), Set.of()),
                        outline.latents().decoder(),
                        outline.latents().factor()),
                SCORERS.stream()
                        .filter(headers::has)
                        .collect(Collectors.toMap(part -> part, part -> numbers(headers.shapes(part)))));
    }

    /** The number of numbers in tensors of these shapes. */
    public static long numbers(Map<String, long[]> shapes) {
        return Parameters.of("", shapes, Set.of()).all();
    }

    /** The same with other networks that score images, where the model has none of its own. */
    public ModelSize withScorers(Map<String, Long> others) {
        Map<String, Long> all = new HashMap<>(others);
        all.putAll(scorers);
        return new ModelSize(denoiser, textEncoders, autoencoder, all);
    }

    long numbersOfScorers() {
        return scorers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Network network(ModelHeaders headers, NetworkOutline outline) {
        return new Network(parameters(headers, outline.part(), outline.attention()), outline.topology());
    }

    private static Parameters parameters(ModelHeaders headers, String part, Set<String> projections) {
        return Parameters.of(part, headers.shapes(part), projections);
    }

    /**
     * A network.
     *
     * @param topology its blocks, to count activations
     */
    public record Network(Parameters parameters, Topology topology) {}

    /**
     * The autoencoder.
     *
     * @param decoder from latents to pictures
     * @param factor pixels per latent position, along a side
     */
    public record Autoencoder(Parameters parameters, Topology decoder, int factor) {

        long decoderWeights() {
            return NeededWeights.of(List.of(decoder)).values().stream()
                    .mapToLong(spec -> Arrays.stream(spec.shape()).reduce(1, (a, b) -> a * b))
                    .sum();
        }

        long encoderWeights() {
            return Math.max(0, parameters.all() - decoderWeights());
        }
    }
}
