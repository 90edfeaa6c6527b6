package dev.likeness.app.model;

import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The models that describe pictures: each is a folder of a transformers BlipForConditionalGeneration, or a repository's
 * id on the Hugging Face Hub, which may end with {@code @} and a revision.
 *
 * @param model for base models that cannot describe pictures themselves
 * @param models for single base models, by their ids; these have priority over a base model's own CLIP
 */
@Validated
@ConfigurationProperties("likeness.captions")
record CaptionSettings(
        @DefaultValue("Salesforce/blip-image-captioning-base") @NotBlank
        String model,

        @DefaultValue Map<String, @NotBlank String> models) {}
