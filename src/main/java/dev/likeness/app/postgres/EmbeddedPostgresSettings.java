package dev.likeness.app.postgres;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The embedded server, used when {@code spring.datasource.url} is absent.
 *
 * @param directory of the server's binaries, its data and its password
 */
@Validated
@ConfigurationProperties("likeness.postgres")
record EmbeddedPostgresSettings(@NotNull Path directory) {}
