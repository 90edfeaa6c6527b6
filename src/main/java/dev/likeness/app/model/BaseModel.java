package dev.likeness.app.model;

import dev.likeness.diffusion.caption.CaptionLists;
import dev.likeness.diffusion.families.ModelFamilies;
import dev.likeness.diffusion.inspection.ModelCheck;
import dev.likeness.diffusion.wire.Wire;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A base model that can be trained.
 *
 * @param id as clients name it, for instance {@code likeness/tiny-world}
 * @param description one sentence, may be empty
 * @param source its origin
 * @param facts that follow from its files
 * @param defaults its own defaults for a job's spec, JSON as maps and lists; may be empty
 * @param captionLists the lists with which its own CLIP describes pictures; null if it has none
 */
public record BaseModel(
        String id,
        String description,
        Source source,
        ModelCheck.Facts facts,
        Map<String, Object> defaults,
        @Nullable CaptionLists captionLists) {

    /** The class its model_index.json names, for instance {@code StableDiffusionPipeline}. */
    public String pipeline() {
        return facts.pipeline();
    }

    /** Native picture side in pixels. */
    public int resolution() {
        return facts.resolution();
    }

    /** Every picture side must be a multiple of this number of pixels. */
    public int sizeMultiple() {
        return facts.sizeMultiple();
    }

    /** The most layers that its text encoders can skip at their end. */
    public int mostClipSkip() {
        return facts.mostClipSkip();
    }

    /** Whether a second text encoder reads prompts too. */
    public boolean hasSecondTextEncoder() {
        return ModelFamilies.all().stream()
                .anyMatch(family ->
                        family.pipeline().equals(pipeline()) && family.parts().containsKey("text_encoder_2"));
    }

    /** The origin of a model. */
    public enum Source implements Wire {
        BUNDLED,
        CONFIGURED
    }
}
