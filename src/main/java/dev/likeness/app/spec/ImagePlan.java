package dev.likeness.app.spec;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.token.ComposedPrompt;
import dev.likeness.diffusion.token.PromptSyntax;
import dev.likeness.diffusion.token.PromptWeighting;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Images to generate. Image i of prompt p has seed {@code seed + p * imagesPerPrompt + i}.
 *
 * @param prompts may contain placeholders
 * @param adapterScales scales of the job's own adapter
 * @param fused whether adapters are added to the weights before sampling
 * @param seed of the first image
 */
public record ImagePlan(
        List<String> prompts,
        String negativePrompt,
        int imagesPerPrompt,
        SamplingSettings settings,
        AdapterScales adapterScales,
        boolean fused,
        long seed) {

    public ImagePlan {
        prompts = List.copyOf(prompts);
    }

    /** The seed of an image. It does not depend on the batch. */
    public long seed(int prompt, int image) {
        return seed + (long) prompt * imagesPerPrompt + image;
    }

    public int images() {
        return prompts.size() * imagesPerPrompt;
    }

    /** Whether images of both plans can be generated in one batch: whether at most their prompts and seeds differ. */
    public boolean sharesBatchesWith(ImagePlan other) {
        return settings.equals(other.settings) && adapterScales.equals(other.adapterScales) && fused == other.fused;
    }

    /**
     * The words of each image's prompt, by its position: without a schedule, and without the parts that {@code AND} subtracts.
     *
     * @param prompt converts prompts in the syntax of {@link PromptSyntax} to text
     */
    public List<String> eachText(UnaryOperator<String> prompt) {
        return eachPrompt(it -> prompt.apply(words(it)));
    }

    private String words(String prompt) {
        String words = ComposedPrompt.of(prompt).words(settings.steps());
        return settings.encoding().promptWeighting() == PromptWeighting.NONE
                ? PromptSyntax.escape(PromptWeighting.NONE.parse(words).get(0).stream()
                        .map(PromptSyntax.Fragment::text)
                        .collect(Collectors.joining()))
                : words;
    }

    /**
     * The prompt of each image, by its position.
     *
     * @param prompt converts the plan's prompts to text
     */
    public List<String> eachPrompt(UnaryOperator<String> prompt) {
        return prompts.stream()
                .flatMap(it -> Collections.nCopies(imagesPerPrompt, prompt.apply(it)).stream())
                .toList();
    }
}
