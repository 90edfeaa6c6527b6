package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.app.security.SecuritySettings;
import dev.likeness.app.security.SecuritySettings.Mode;
import dev.likeness.app.web.http.LoopbackGuard.OpenToOthersException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class LoopbackGuardTests {

    private @Nullable InetAddress management;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "::1"})
    void letsThisMachineIn(String address) {
        assertThatNoException().isThrownBy(() -> guard(Mode.NONE, address, tokens(null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7"})
    @NullSource
    void refusesToListenToOthersUnlessTheyShowWhoTheyAre(@Nullable String address) {
        assertThatExceptionOfType(OpenToOthersException.class)
                .isThrownBy(() -> guard(Mode.NONE, address, tokens(null)));
        assertThatNoException().isThrownBy(() -> guard(Mode.REQUIRED, address, tokens(null)));
    }

    @Test
    void refusesToShowFiguresToOthersUnlessTheyShowWhoTheyAre() throws UnknownHostException {
        management = InetAddress.getByName("127.0.0.1");
        assertThatNoException().isThrownBy(() -> guard(Mode.NONE, "127.0.0.1", tokens(null)));

        management = InetAddress.getByName("0.0.0.0");
        assertThatExceptionOfType(OpenToOthersException.class)
                .isThrownBy(() -> guard(Mode.NONE, "127.0.0.1", tokens(null)))
                .withMessageContaining("management.server.address is 0.0.0.0");
        assertThatNoException().isThrownBy(() -> guard(Mode.REQUIRED, "127.0.0.1", tokens(null)));
    }

    @Test
    void refusesAnIssuerWithoutAuthentication() {
        assertThatExceptionOfType(OpenToOthersException.class)
                .isThrownBy(() -> guard(Mode.NONE, "127.0.0.1", tokens("https://login.example.com", "likeness")));
        assertThatNoException()
                .isThrownBy(() -> guard(Mode.REQUIRED, "127.0.0.1", tokens("https://login.example.com", "likeness")));
    }

    @Test
    void refusesTokensForAnyAudienceOrOfAnyIssuer() {
        OAuth2ResourceServerProperties anyIssuer = tokens(null, "likeness");
        anyIssuer.getJwt().setJwkSetUri("https://login.example.com/keys");

        assertThatExceptionOfType(OpenToOthersException.class)
                .isThrownBy(() -> guard(Mode.REQUIRED, "127.0.0.1", tokens("https://login.example.com")));
        assertThatExceptionOfType(OpenToOthersException.class)
                .isThrownBy(() -> guard(Mode.REQUIRED, "127.0.0.1", anyIssuer));
    }

    @Test
    void saysWhatToDo() {
        OpenToOthersException refused =
                catchThrowableOfType(OpenToOthersException.class, () -> guard(Mode.NONE, "0.0.0.0", tokens(null)));

        FailureAnalysis analysis = Objects.requireNonNull(new OpenToOthersFailureAnalyzer().analyze(refused));

        assertThat(analysis.getDescription()).contains("server.address is 0.0.0.0");
        assertThat(analysis.getAction()).contains("likeness.security.authentication");
    }

    private void guard(Mode mode, @Nullable String address, OAuth2ResourceServerProperties tokens)
            throws UnknownHostException {
        ServerProperties server = new ServerProperties();
        server.setAddress(address == null ? null : InetAddress.getByName(address));
        SecuritySettings settings = new Binder(
                        new MapConfigurationPropertySource(Map.of("likeness.security.authentication", mode.name())))
                .bind("likeness.security", SecuritySettings.class)
                .get();
        new LoopbackGuard(server, management, settings, tokens);
    }

    private static OAuth2ResourceServerProperties tokens(@Nullable String issuer, String... audiences) {
        OAuth2ResourceServerProperties tokens = new OAuth2ResourceServerProperties();
        tokens.getJwt().setIssuerUri(issuer);
        tokens.getJwt().setAudiences(List.of(audiences));
        return tokens;
    }
}
