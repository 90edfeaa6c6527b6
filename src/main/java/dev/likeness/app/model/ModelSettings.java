package dev.likeness.app.model;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which base models there are, besides the bundled ones.
 *
 * @param home folder of everything the service keeps; bundled models are unpacked below its {@code models} folder
 * @param defaultModel id of the model a job gets that names none
 * @param models the operator's own models by id
 */
@Validated
@ConfigurationProperties("likeness")
record ModelSettings(
        @NotNull Path home,
        @DefaultValue("likeness/tiny-world") @NotBlank String defaultModel,
        @DefaultValue Map<String, @Valid Location> models) {

    /**
     * Where a model is.
     *
     * @param path folder in the diffusers layout
     */
    record Location(@NotNull Path path) {}
}
