package dev.likeness.app.web.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What becomes of requests with an idempotency key.
 *
 * @param keep how long the first answer is given again
 * @param takeOverAfter how long a request may be worked on until its process counts as dead and the same may be tried anew
 */
@Validated
@ConfigurationProperties("likeness.idempotency")
record IdempotencySettings(
        @DefaultValue("24h") @NotNull Duration keep,
        @DefaultValue("5m") @NotNull Duration takeOverAfter) {}
