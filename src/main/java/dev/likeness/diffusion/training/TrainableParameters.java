package dev.likeness.diffusion.training;

import dev.likeness.diffusion.text.TextEncoders;
import dev.likeness.diffusion.unet.Unet;
import java.util.List;
import java.util.Set;

/**
 * What a method trains; everything else stays as it is.
 *
 * @param unet names of the UNet's weights, those of adapters included
 * @param textEncoders names of each text encoder's weights likewise
 * @param tokens embeddings of new tokens
 */
public record TrainableParameters(Set<String> unet, List<Set<String>> textEncoders, TokenEmbeddings tokens) {

    public TrainableParameters {
        textEncoders = List.copyOf(textEncoders);
    }

    /** Full fine-tuning of the UNet and, if wanted, of the text encoders. */
    public static TrainableParameters everything(
            Unet unet, TextEncoders textEncoders, boolean textToo, TokenEmbeddings fixed) {
        return new TrainableParameters(
                unet.network().weights().keySet(),
                textEncoders.all().stream()
                        .map(textEncoder -> textToo
                                ? textEncoder.model().network().weights().keySet()
                                : Set.<String>of())
                        .toList(),
                fixed);
    }

    /** Whether text states change in the run. */
    boolean changesText() {
        return tokens.learns() || textEncoders.stream().anyMatch(names -> !names.isEmpty());
    }
}
