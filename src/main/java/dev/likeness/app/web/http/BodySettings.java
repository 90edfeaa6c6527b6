package dev.likeness.app.web.http;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long a request's body may take. Whoever sends one holds a thread for as long, where threads are not virtual.
 *
 * @param maxTime from its first byte to its last
 * @param leastRate bytes a second, on average over the time since its first
 * @param grace how long it may be slower at first
 * @param linger how long what nobody wants to know of a body is read nevertheless, so that its sender gets the answer
 */
@Validated
@ConfigurationProperties("likeness.body")
record BodySettings(
        @DefaultValue("30m") @NotNull Duration maxTime,
        @DefaultValue("1KB") @NotNull DataSize leastRate,
        @DefaultValue("10s") @NotNull Duration grace,
        @DefaultValue("30s") @NotNull Duration linger) {}
