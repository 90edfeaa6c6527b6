package dev.likeness.app.web.studio;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The studio.
 *
 * @param openid how it signs callers in at the issuer of tokens
 */
@Validated
@ConfigurationProperties("likeness.studio")
record StudioSettings(@NotNull @DefaultValue OpenId openid) {

    /**
     * A public client of the issuer, for the authorization code flow with PKCE.
     *
     * @param clientId its id; null if the studio offers API keys only
     * @param scopes scopes that it asks for, separated by spaces
     * @param origins origins of the issuer's endpoints other than the issuer's own, such as
     *     {@code https://oauth2.googleapis.com}
     */
    record OpenId(
            @Nullable String clientId,
            @NotNull @DefaultValue("openid") String scopes,
            @NotNull @DefaultValue List<URI> origins) {}
}
