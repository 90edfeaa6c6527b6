package dev.likeness.app.web.http;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events reach clients.
 *
 * @param pollInterval how often the table is looked into for all clients together
 * @param heartbeat how long a connection may be silent
 */
@Validated
@ConfigurationProperties("likeness.events")
public record EventSettings(
        @DefaultValue("500ms") @NotNull Duration pollInterval,
        @DefaultValue("15s") @NotNull Duration heartbeat) {}
