package dev.likeness.app.web.studio;

import org.jspecify.annotations.Nullable;

/**
 * What the studio's page has to know before its first call of the API.
 *
 * @param authentication {@code none}, {@code key}, or {@code openid} if an issuer is offered beside keys
 * @param openid the issuer; null without one
 * @param version of the service
 */
record StudioSettingsView(String authentication, @Nullable OpenIdView openid, String version) {

    /**
     * The studio as a client of the issuer.
     *
     * @param issuer URL of the issuer
     * @param clientId id of the client
     * @param scopes scopes, separated by spaces
     */
    record OpenIdView(String issuer, String clientId, String scopes) {}
}
