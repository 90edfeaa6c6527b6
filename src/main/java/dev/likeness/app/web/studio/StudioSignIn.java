package dev.likeness.app.web.studio;

import dev.likeness.app.security.Scope;
import dev.likeness.app.security.SecuritySettings;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/** How callers of the studio's page authenticate, and what the page may therefore connect to. */
@Component
class StudioSignIn {

    private static final String VERSION = Optional.ofNullable(
                    StudioSignIn.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final StudioSettingsView view;
    private final String policy;

    StudioSignIn(SecuritySettings security, OAuth2ResourceServerProperties tokens, StudioSettings settings) {
        StudioSettingsView.OpenIdView openid = openid(tokens.getJwt().getIssuerUri(), settings.openid());
        this.view = new StudioSettingsView(
                !security.isRequired() ? "none" : openid == null ? "key" : "openid", openid, VERSION);
        Stream<String> origins = openid == null
                ? Stream.empty()
                : Stream.concat(Stream.of(URI.create(openid.issuer())), settings.openid().origins().stream())
                        .map(StudioSignIn::origin);
        this.policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src "
                        + Stream.concat(Stream.of("'self'"), origins).collect(Collectors.joining(" "))
                        + "; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'; trusted-types svelte-trusted-html";
    }

    StudioSettingsView view() {
        return view;
    }

    /** What a caller may do: everything, if the server does not ask who calls. */
    StudioCallerView caller(@Nullable Authentication caller) {
        return new StudioCallerView(
                caller == null || view.authentication().equals("none")
                        ? Stream.of(Scope.values()).map(Scope::getAuthority).toList()
                        : caller.getAuthorities().stream()
                                .map(GrantedAuthority::getAuthority)
                                .sorted()
                                .toList());
    }

    /** The page's content security policy. Images come from this server, whatever the storage is. */
    String policy() {
        return policy;
    }

    private static StudioSettingsView.@Nullable OpenIdView openid(
            @Nullable String issuer, StudioSettings.OpenId client) {
        return issuer == null || client.clientId() == null
                ? null
                : new StudioSettingsView.OpenIdView(issuer, client.clientId(), client.scopes());
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
