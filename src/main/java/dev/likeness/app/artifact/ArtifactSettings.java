package dev.likeness.app.artifact;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where files are kept.
 *
 * @param home folder of everything the service keeps; files are below its {@code artifacts} folder, copies of those that are kept elsewhere
 *     below {@code artifact-cache}
 */
@Validated
@ConfigurationProperties("likeness")
record ArtifactSettings(
        @NotNull Path home, @Valid @DefaultValue Artifacts artifacts) {

    /** @param store what holds the content of files */
    record Artifacts(@NotNull @DefaultValue("folder") Store store) {}

    /** What holds the content of files. */
    enum Store {
        /** A folder of this machine. */
        FOLDER,
        /** A bucket of an object store that speaks S3. */
        S3
    }
}
