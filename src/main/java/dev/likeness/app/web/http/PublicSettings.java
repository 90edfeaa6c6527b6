package dev.likeness.app.web.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the service is to be found.
 *
 * @param publicUrl what links begin with that no request asked for, such as those of webhooks; null for this machine and
 *     the port that it listens to
 */
@ConfigurationProperties("likeness")
public record PublicSettings(@Nullable URI publicUrl) {

    /** @throws IllegalArgumentException if it is no http or https URL */
    public PublicSettings {
        if (publicUrl != null
                && (publicUrl.getHost() == null || !publicUrl.toString().matches("https?://[^?#]*[^/?#]"))) {
            throw new IllegalArgumentException(
                    "likeness.public-url must be an http or https URL without a slash at its end");
        }
    }
}
