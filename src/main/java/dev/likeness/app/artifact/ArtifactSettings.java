package dev.likeness.app.artifact;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The location of stored files.
 *
 * @param home folder of all stored data; files are below {@code artifacts}, local copies of remote files below
 *     {@code artifact-cache}
 */
@Validated
@ConfigurationProperties("likeness")
record ArtifactSettings(
        @NotNull Path home, @Valid @DefaultValue Artifacts artifacts) {

    /** @param store the kind of storage */
    record Artifacts(@NotNull @DefaultValue("folder") Store store) {}

    /** The kind of storage. */
    enum Store {
        /** A folder on this machine. */
        FOLDER,
        /** A bucket of an S3-compatible object store. */
        S3
    }
}
