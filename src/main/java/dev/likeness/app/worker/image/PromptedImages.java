package dev.likeness.app.worker.image;

import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.worker.image.ImageBatches.Wanted;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The images a sampling section asks for, each at the place and with the seed it always has. */
public final class PromptedImages {

    private PromptedImages() {}

    /**
     * @param prompt makes the prompt to draw out of the section's
     * @param present places that are filled already
     */
    public static List<Wanted> missing(SamplingSpec sampling, UnaryOperator<String> prompt, Set<Integer> present) {
        List<Wanted> wanted = new ArrayList<>();
        for (int p = 0; p < sampling.prompts().size(); p++) {
            for (int i = 0; i < sampling.imagesPerPrompt(); i++) {
                int position = p * sampling.imagesPerPrompt() + i;
                if (!present.contains(position)) {
                    wanted.add(new Wanted(
                            position,
                            new GenerationRequest.Image(
                                    prompt.apply(sampling.prompts().get(p)),
                                    sampling.negativePrompt(),
                                    sampling.seed(p, i))));
                }
            }
        }
        return wanted;
    }

    /**
     * What each image was asked for, by its place.
     *
     * @param prompt makes words out of the section's
     */
    public static List<String> each(SamplingSpec sampling, UnaryOperator<String> prompt) {
        return sampling.prompts().stream()
                .flatMap(it -> Collections.nCopies(sampling.imagesPerPrompt(), prompt.apply(it)).stream())
                .toList();
    }
}
