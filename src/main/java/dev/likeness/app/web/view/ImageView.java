package dev.likeness.app.web.view;

import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.web.http.Links;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Image")
public record ImageView(
        UUID id,

        String object,

        @Schema(allowableValues = {"result", "before", "class", "evaluation", "preview", "contact_sheet"})
        String role,

        int position,

        URI url,

        int width,

        int height,

        String sha256,

        int step,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        RecipeView recipe,

        @Schema(nullable = true) @Nullable Double score,

        Instant createdAt) {

    static ImageView of(JobImage image, @Nullable Double score) {
        ImageRecipe recipe = image.recipe();
        return new ImageView(
                image.id(),
                "image",
                image.role().wire(),
                image.position(),
                Links.image(image.id()),
                image.width(),
                image.height(),
                image.fileSha256(),
                image.step(),
                recipe == null ? null : RecipeView.of(recipe),
                score,
                image.createdAt());
    }

    @Schema(name = "Recipe")
    record RecipeView(
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

            List<RecipeAdapterView> adapters) {

        static RecipeView of(ImageRecipe recipe) {
            return new RecipeView(
                    recipe.prompt(),
                    recipe.negativePrompt(),
                    recipe.seed(),
                    recipe.sampler(),
                    recipe.steps(),
                    recipe.guidance(),
                    recipe.eta(),
                    recipe.width(),
                    recipe.height(),
                    recipe.modelHash(),
                    recipe.loraUnetScale(),
                    recipe.loraTextScale(),
                    recipe.fused(),
                    recipe.adapters().stream().map(RecipeAdapterView::of).toList());
        }
    }

    @Schema(name = "RecipeAdapter")
    record RecipeAdapterView(
            String sha256,

            double unetScale,

            double textScale,

            @Schema(nullable = true) @Nullable String placeholder) {

        static RecipeAdapterView of(ImageRecipe.RecipeAdapter adapter) {
            return new RecipeAdapterView(
                    adapter.sha256(), adapter.unetScale(), adapter.textScale(), adapter.placeholder());
        }
    }
}
