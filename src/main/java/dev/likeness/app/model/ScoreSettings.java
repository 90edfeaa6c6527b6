package dev.likeness.app.model;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The encoders that score images of base models without their own. Each is a folder, or a repository's id on the
 * Hugging Face Hub, which may end with {@code @} and a revision.
 *
 * @param clip a transformers CLIPModel
 * @param dino a DINO ViT or a DINOv2
 */
@Validated
@ConfigurationProperties("likeness.scores")
record ScoreSettings(
        @DefaultValue("openai/clip-vit-base-patch32") @NotBlank
        String clip,

        @DefaultValue("facebook/dino-vits16") @NotBlank String dino) {}
