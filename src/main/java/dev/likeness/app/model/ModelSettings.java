package dev.likeness.app.model;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The base models besides the bundled ones.
 *
 * @param home folder of all stored data; bundled models are unpacked, and single files converted, below its
 *     {@code models} folder
 * @param defaultModel id of the model of a job that names none
 * @param models the operator's own models by id
 */
@Validated
@ConfigurationProperties("likeness")
record ModelSettings(
        @NotNull Path home,
        @DefaultValue("likeness/tiny-world") @NotBlank String defaultModel,
        @DefaultValue Map<String, @Valid Location> models) {

    /**
     * The location of a model: a folder, a single file, or a repository.
     *
     * @param path folder in the diffusers layout
     * @param singleFile checkpoint with the key names of CompVis and Stability AI, converted once
     * @param predictionType what the UNet of the single file predicts, with priority over the file and its
     *     configuration
     * @param tokenizer folder with the vocabulary of the single file, if it is not CLIP's
     * @param config folder in the diffusers layout with the configuration of the single file, if it is not a published
     *     one
     * @param hub id of a repository on the Hugging Face Hub, in the diffusers layout
     * @param revision branch, tag or commit of the repository; main by default
     * @param variant of the weights in the repository: fp16, bf16 or fp32
     */
    record Location(
            @Nullable Path path,
            @Nullable Path singleFile,

            @Nullable @Pattern(regexp = "^(epsilon|v_prediction)$", message = "must be epsilon or v_prediction")
            String predictionType,

            @Nullable Path tokenizer,
            @Nullable Path config,
            @Nullable String hub,
            @Nullable String revision,

            @Nullable @Pattern(regexp = "^(fp16|bf16|fp32)$", message = "must be fp16, bf16 or fp32")
            String variant) {

        Location {
            if (Stream.of(path, singleFile, hub).filter(Objects::nonNull).count() != 1) {
                throw new IllegalArgumentException("a model needs exactly one of path, single-file and hub");
            }
        }
    }
}
