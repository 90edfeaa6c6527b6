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
 * @param phases steps in which they are trained
 */
public record TrainableParameters(
        Set<String> denoiser, List<Set<String>> textEncoders, TokenEmbeddings tokens, Phases phases) {

    public TrainableParameters {
        textEncoders = List.copyOf(textEncoders);
    }

    /** Parameters that every step trains. */
    public TrainableParameters(Set<String> denoiser, List<Set<String>> textEncoders, TokenEmbeddings tokens) {
        this(denoiser, textEncoders, tokens, Phases.ALL);
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

    /** The parameters that a step trains. */
    InStep at(int step) {
        boolean networks = phases.trains(TrainedPart.DENOISER, step);
        return new InStep(
                networks ? denoiser : Set.of(),
                networks
                        ? textEncoders
                        : textEncoders.stream().map(names -> Set.<String>of()).toList(),
                tokens.learns() && phases.trains(TrainedPart.EMBEDDINGS, step));
    }

    /**
     * The parameters that one step trains.
     *
     * @param denoiser names of the denoiser's weights
     * @param textEncoders names of each text encoder's weights
     * @param tokens whether the embeddings of new tokens are trained
     */
    record InStep(Set<String> denoiser, List<Set<String>> textEncoders, boolean tokens) {

        /** Whether the step changes text states. */
        boolean changesText() {
            return tokens || textEncoders.stream().anyMatch(names -> !names.isEmpty());
        }
    }
}
