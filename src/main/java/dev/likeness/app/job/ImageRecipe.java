package dev.likeness.app.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.sampling.SamplingSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an image was generated with. In JSON, all fields are on one level.
 *
 * @param modelHash SHA-256 of the base model
 * @param adapterScales scales of the job's own adapter
 * @param fused whether adapters were added to the weights before sampling
 * @param adapters used in addition to the job's own weights
 */
@Schema(name = "Recipe")
public record ImageRecipe(
        String prompt,
        String negativePrompt,
        long seed,
        @JsonUnwrapped SamplingSettings settings,
        String modelHash,

        @JsonUnwrapped(prefix = "lora_", suffix = "_scale") AdapterScales adapterScales,

        boolean fused,
        List<RecipeAdapter> adapters) {

    public ImageRecipe {
        adapters = List.copyOf(adapters);
    }

    /**
     * An adapter, or embeddings.
     *
     * @param sha256 of the file
     * @param unetScale scale of a LoRA in the UNet
     * @param textScale the same in the text encoders
     * @param placeholder word for the embeddings; null for a LoRA, and for a file with several words
     */
    @Schema(name = "RecipeAdapter")
    public record RecipeAdapter(
            String sha256,
            double unetScale,
            double textScale,
            @Schema(nullable = true) @Nullable String placeholder) {

        static RecipeAdapter of(MergedAdapter used) {
            return new RecipeAdapter(used.fileSha256(), used.unetScale(), used.textScale(), used.placeholder());
        }
    }

    /** The same with additional adapters. */
    public ImageRecipe with(List<MergedAdapter> used) {
        return new ImageRecipe(
                prompt,
                negativePrompt,
                seed,
                settings,
                modelHash,
                adapterScales,
                fused,
                used.stream().map(RecipeAdapter::of).toList());
    }
}
