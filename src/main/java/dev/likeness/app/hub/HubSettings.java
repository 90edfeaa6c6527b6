package dev.likeness.app.hub;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Hugging Face Hub.
 *
 * @param endpoint of the hub, or of a mirror
 * @param token for gated and private repositories; sent only to the endpoint
 * @param offline whether only cached files are used
 * @param cache folder of downloaded files
 */
@Validated
@ConfigurationProperties("likeness.hub")
public record HubSettings(
        @NotNull @DefaultValue("https://huggingface.co") URI endpoint,
        @Nullable String token,
        boolean offline,
        @NotNull Path cache) {

    /**
     * @throws IllegalArgumentException if the endpoint is not an HTTP URL, or the token has characters that tokens
     *     never have
     */
    public HubSettings {
        if (endpoint.getHost() == null
                || !("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException("likeness.hub.endpoint must begin with https:// or http://");
        }
        token = token == null || token.isBlank() ? null : token.strip();
        if (token != null && token.chars().anyMatch(it -> it <= ' ' || it > '~')) {
            throw new IllegalArgumentException("likeness.hub.token has characters that tokens never have");
        }
        cache = cache.toAbsolutePath().normalize();
    }

    /** Without the token, which must not appear in logs. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=%s, token=%s, offline=%s, cache=%s]"
                .formatted(endpoint, token == null ? "none" : "***", offline, cache);
    }
}
