package dev.likeness.app.web.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The address of the service.
 *
 * @param publicUrl base of links outside of requests, such as those of webhooks; null for this machine and the
 *     service's port
 */
@ConfigurationProperties("likeness")
public record PublicSettings(@Nullable URI publicUrl) {

    /** @throws IllegalArgumentException if it is not an http or https URL */
    public PublicSettings {
        if (publicUrl != null
                && (publicUrl.getHost() == null || !publicUrl.toString().matches("https?://[^?#]*[^/?#]"))) {
            throw new IllegalArgumentException(
                    "likeness.public-url must be an http or https URL without a trailing slash");
        }
    }
}
