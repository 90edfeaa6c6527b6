package dev.likeness.app.worker.image;

import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.image.ImageBatches.PlannedImage;
import dev.likeness.diffusion.pipeline.GenerationRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The images of a plan, each with a fixed position and seed. */
public final class PromptedImages {

    private PromptedImages() {}

    /**
     * @param prompt converts the section's prompts to those to sample
     * @param present positions that are already filled
     */
    public static List<PlannedImage> missing(ImagePlan plan, UnaryOperator<String> prompt, Set<Integer> present) {
        List<PlannedImage> planned = new ArrayList<>();
        for (int p = 0; p < plan.prompts().size(); p++) {
            for (int i = 0; i < plan.imagesPerPrompt(); i++) {
                int position = p * plan.imagesPerPrompt() + i;
                if (!present.contains(position)) {
                    planned.add(new PlannedImage(
                            position,
                            new GenerationRequest.Image(
                                    prompt.apply(plan.prompts().get(p)), plan.negativePrompt(), plan.seed(p, i))));
                }
            }
        }
        return planned;
    }

    /**
     * The prompt of each image, by its position.
     *
     * @param prompt converts the section's prompts to text
     */
    public static List<String> each(ImagePlan plan, UnaryOperator<String> prompt) {
        return plan.prompts().stream()
                .flatMap(it -> Collections.nCopies(plan.imagesPerPrompt(), prompt.apply(it)).stream())
                .toList();
    }
}
