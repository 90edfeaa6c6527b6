package dev.likeness.app.upload;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How pictures are fetched from URLs.
 *
 * @param allowPrivate whether URLs may lead to private, loopback and link-local addresses
 * @param timeout how long a file may take, with its redirects
 * @param totalTimeout how long all files of a request may take together
 * @param maxRedirects the most redirects of a file; each is checked like a URL of a request
 * @param sslBundle Spring's SSL bundle with the authorities of servers' certificates; Java's own trust store if null
 */
@Validated
@ConfigurationProperties("likeness.image-urls")
record ImageUrlSettings(
        @DefaultValue("false") boolean allowPrivate,
        @NotNull @DefaultValue("30s") Duration timeout,
        @NotNull @DefaultValue("5m") Duration totalTimeout,
        @DefaultValue("3") @Min(0) @Max(20) int maxRedirects,
        @Nullable String sslBundle) {}
