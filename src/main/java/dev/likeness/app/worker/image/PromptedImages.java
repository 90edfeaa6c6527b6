package dev.likeness.app.worker.image;

import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.image.ImageBatches.Wanted;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The images of a plan, each at a fixed place and with a fixed seed. */
public final class PromptedImages {

    private PromptedImages() {}

    /**
     * @param prompt makes the prompt to draw out of the section's
     * @param present places that are filled already
     */
    public static List<Wanted> missing(ImagePlan plan, UnaryOperator<String> prompt, Set<Integer> present) {
        List<Wanted> wanted = new ArrayList<>();
        for (int p = 0; p < plan.prompts().size(); p++) {
            for (int i = 0; i < plan.imagesPerPrompt(); i++) {
                int position = p * plan.imagesPerPrompt() + i;
                if (!present.contains(position)) {
                    wanted.add(new Wanted(
                            position,
                            new GenerationRequest.Image(
                                    prompt.apply(plan.prompts().get(p)), plan.negativePrompt(), plan.seed(p, i))));
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
    public static List<String> each(ImagePlan plan, UnaryOperator<String> prompt) {
        return plan.prompts().stream()
                .flatMap(it -> Collections.nCopies(plan.imagesPerPrompt(), prompt.apply(it)).stream())
                .toList();
    }
}
