package dev.likeness.diffusion.training;

import dev.likeness.diffusion.text.TextTowers;
import dev.likeness.diffusion.unet.Unet;
import java.util.List;
import java.util.Set;

/**
 * What a method trains; everything else stays as it is.
 *
 * @param unet names of the UNet's weights, those of adapters included
 * @param towers names of each text tower's weights likewise
 * @param tokens embeddings of new tokens
 */
public record Learnables(Set<String> unet, List<Set<String>> towers, LearnedTokens tokens) {

    public Learnables {
        towers = List.copyOf(towers);
    }

    /** Full fine-tuning of the UNet and, if wanted, of the text towers. */
    public static Learnables everything(Unet unet, TextTowers towers, boolean textToo, LearnedTokens fixed) {
        return new Learnables(
                unet.network().weights().keySet(),
                towers.all().stream()
                        .map(tower ->
                                textToo ? tower.encoder().network().weights().keySet() : Set.<String>of())
                        .toList(),
                fixed);
    }

    /** Whether text states change in the run. */
    boolean changesText() {
        return tokens.learns() || towers.stream().anyMatch(names -> !names.isEmpty());
    }
}
