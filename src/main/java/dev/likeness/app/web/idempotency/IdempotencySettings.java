package dev.likeness.app.web.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings for requests with an idempotency key.
 *
 * @param keep how long a stored answer is repeated
 * @param takeOverAfter time after which a request's process counts as dead, and a repeated request takes over
 */
@Validated
@ConfigurationProperties("likeness.idempotency")
record IdempotencySettings(
        @DefaultValue("24h") @NotNull Duration keep,
        @DefaultValue("5m") @NotNull Duration takeOverAfter) {}
