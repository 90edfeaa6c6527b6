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

@Schema(name = "Image", description = "An image and everything that made it.")
public record ImageView(
        @Schema(description = "Id.", example = "0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f")
        UUID id,

        @Schema(description = "Always image.", example = "image")
        String object,

        @Schema(
                description = "result: drawn with the trained weights; before: drawn by the untouched base model,"
                        + " prompted with the plain class; class: the same with the trained weights; preview: drawn while training, with the weights of its step;"
                        + " contact_sheet: an overview.",
                example = "result",
                allowableValues = {"result", "before", "class", "evaluation", "preview", "contact_sheet"})
        String role,

        @Schema(
                description = "Counts from 0 within the role, of previews within the step, or within the generation.",
                example = "0")
        int position,

        @Schema(
                description = "Where the PNG is.",
                example = "http://localhost:8080/v1/images/0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f")
        URI url,

        @Schema(description = "Pixels.", example = "64") int width,

        @Schema(description = "Pixels.", example = "64") int height,

        @Schema(
                description = "SHA-256 of the PNG, hexadecimal.",
                example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String sha256,

        @Schema(description = "Training step of the weights that drew it; 0 is the base model.", example = "400")
        int step,

        @Schema(
                description = "What it was drawn from; null for a contact sheet.",
                nullable = true,
                schemaResolution = SchemaResolution.INLINE)
        @Nullable
        RecipeView recipe,

        @Schema(
                description = "CLIP-I of the images of its prompt at its step, or null if they were not scored.",
                example = "0.646",
                nullable = true)
        @Nullable
        Double score,

        @Schema(description = "When it was made.", example = "2026-01-31T12:03:20.123456Z")
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

    @Schema(name = "Recipe", description = "Everything that made an image.")
    record RecipeView(
            @Schema(description = "Prompt, without placeholders.", example = "a photo of a sks bird on the beach")
            String prompt,

            @Schema(description = "What it was not to show.", example = "blurry")
            String negativePrompt,

            @Schema(description = "Seed of this image.", example = "4")
            long seed,

            @Schema(description = "Sampler.", example = "ddim")
            String sampler,

            @Schema(description = "Sampler steps.", example = "30")
            int steps,

            @Schema(description = "Guidance scale.", example = "5.0")
            double guidance,

            @Schema(description = "DDIM's eta.", example = "0.0")
            double eta,

            @Schema(description = "Pixels.", example = "64") int width,

            @Schema(description = "Pixels.", example = "64") int height,

            @Schema(
                    description = "SHA-256 of the base model, hexadecimal.",
                    example = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
            String modelHash,

            @Schema(description = "How much of the job's own adapter counted in the UNet.", example = "1.0")
            double loraUnetScale,

            @Schema(description = "The same in the text towers.", example = "1.0")
            double loraTextScale,

            @Schema(description = "Whether adapters were summed into the weights.", example = "true")
            boolean fused,

            @Schema(description = "What drew besides the job's own weights; empty if nothing did.")
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

    @Schema(name = "RecipeAdapter", description = "An adapter, or embeddings, that an image was drawn with.")
    record RecipeAdapterView(
            @Schema(
                    description = "SHA-256 of the file, hexadecimal.",
                    example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            String sha256,

            @Schema(description = "How much of a LoRA counted in the UNet.", example = "0.8")
            double unetScale,

            @Schema(description = "The same in the text towers.", example = "1.0")
            double textScale,

            @Schema(
                    description = "Word that embeddings stood for; null for a LoRA, and for a file of several words.",
                    example = "<my-owl>",
                    nullable = true)
            @Nullable
            String placeholder) {

        static RecipeAdapterView of(ImageRecipe.RecipeAdapter adapter) {
            return new RecipeAdapterView(
                    adapter.sha256(), adapter.unetScale(), adapter.textScale(), adapter.placeholder());
        }
    }
}
