package dev.likeness.diffusion.training;

import dev.likeness.diffusion.family.Conditioner;
import dev.likeness.diffusion.family.Denoiser;
import java.util.List;
import java.util.Set;

/**
 * The parameters that a method trains. Everything else is frozen.
 *
 * @param denoiser names of the denoiser's weights, including those of adapters
 * @param textEncoders names of each text encoder's weights, including those of adapters
 * @param tokens embeddings of new tokens
 */
public record TrainableParameters(Set<String> denoiser, List<Set<String>> textEncoders, TokenEmbeddings tokens) {

    public TrainableParameters {
        textEncoders = List.copyOf(textEncoders);
    }

    /** All weights of the denoiser and, if asked for, of the text encoders. */
    public static TrainableParameters everything(
            Denoiser denoiser, Conditioner conditioner, boolean textToo, TokenEmbeddings fixed) {
        return new TrainableParameters(
                denoiser.network().shapes().keySet(),
                conditioner.networks().values().stream()
                        .map(network -> textToo ? network.shapes().keySet() : Set.<String>of())
                        .toList(),
                fixed);
    }

    /** Whether text states change during the run. */
    boolean changesText() {
        return tokens.learns() || textEncoders.stream().anyMatch(names -> !names.isEmpty());
    }
}
