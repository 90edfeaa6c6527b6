package dev.likeness.app.web.http;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Time limits for request bodies. Without virtual threads, a request holds a thread for this time.
 *
 * @param maxTime from a body's first byte to its last
 * @param leastRate minimum of bytes per second, on average since the first byte
 * @param grace initial time during which it may be slower
 * @param linger how long the unneeded rest of a body is read, so that its sender gets the answer
 */
@Validated
@ConfigurationProperties("likeness.body")
record BodySettings(
        @DefaultValue("30m") @NotNull Duration maxTime,
        @DefaultValue("1KB") @NotNull DataSize leastRate,
        @DefaultValue("10s") @NotNull Duration grace,
        @DefaultValue("30s") @NotNull Duration linger) {}
