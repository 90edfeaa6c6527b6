package dev.likeness.app.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that made an image.
 *
 * @param modelHash SHA-256 of the base model
 * @param loraUnetScale how much of the job's own adapter counted in the UNet
 * @param loraTextScale the same in the text towers
 * @param fused whether adapters were summed into the weights
 * @param adapters what drew besides the job's own weights
 */
public record ImageRecipe(
        String prompt,
        String negativePrompt,
        long seed,
        String sampler,
        int steps,
        double guidance,
        double eta,
        int width,
        int height,
        String modelHash,
        double loraUnetScale,
        double loraTextScale,
        boolean fused,
        List<RecipeAdapter> adapters) {

    public ImageRecipe {
        adapters = List.copyOf(adapters);
    }

    /**
     * An adapter, or embeddings.
     *
     * @param sha256 of the file
     * @param unetScale how much of a LoRA counted in the UNet
     * @param textScale the same in the text towers
     * @param placeholder word that embeddings stood for; null for a LoRA, and for a file of several words
     */
    public record RecipeAdapter(
            String sha256,
            double unetScale,
            double textScale,
            @Nullable String placeholder) {

        static RecipeAdapter of(UsedAdapter used) {
            return new RecipeAdapter(used.fileSha256(), used.unetScale(), used.textScale(), used.placeholder());
        }
    }

    /** The same with what drew besides the job's own weights. */
    public ImageRecipe with(List<UsedAdapter> used) {
        return new ImageRecipe(
                prompt,
                negativePrompt,
                seed,
                sampler,
                steps,
                guidance,
                eta,
                width,
                height,
                modelHash,
                loraUnetScale,
                loraTextScale,
                fused,
                used.stream().map(RecipeAdapter::of).toList());
    }
}
