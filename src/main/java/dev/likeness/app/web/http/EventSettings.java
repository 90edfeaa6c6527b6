package dev.likeness.app.web.http;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of event streams.
 *
 * @param pollInterval interval at which the table is read for all clients together
 * @param heartbeat longest silence of a connection
 */
@Validated
@ConfigurationProperties("likeness.events")
public record EventSettings(
        @DefaultValue("500ms") @NotNull Duration pollInterval,
        @DefaultValue("15s") @NotNull Duration heartbeat) {}
