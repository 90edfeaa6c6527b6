package dev.likeness.app.artifact;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where files are kept.
 *
 * @param home folder of everything the service keeps; files are below its {@code artifacts} folder
 */
@Validated
@ConfigurationProperties("likeness")
record ArtifactSettings(@NotNull Path home) {}
