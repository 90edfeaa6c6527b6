package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.PlainCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The studio of a server that requires authentication. */
class StudioAccessTests extends AuthenticatedApiTest {

    @Test
    void thePageAndItsFilesNeedNoKey() {
        PlainCall page = call("/");

        assertThat(page.status()).isEqualTo(200);
        String script = page.text().replaceFirst("(?s).*src=\"\\.(/assets/[^\"]+)\".*", "$1");
        assertThat(call(script).status()).isEqualTo(200);
        assertThat(call("/assets/nothing.js").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/studio",
                "/studio/",
                "/studio/index.html",
                "/studio/sources.sha256",
                "/assets",
                "/assets/a/b.js",
                "/index.html"
            })
    void allElseNeedsAKey(String path) {
        assertThat(call(path).status()).isEqualTo(401);
    }

    @Test
    void thePageLearnsHowItsCallersSignIn() {
        assertThat(call("/studio/settings.json").text())
                .contains(
                        "\"authentication\":\"openid\"",
                        "\"openid\":{\"issuer\":\"%s\",\"client_id\":\"studio-tests\",\"scopes\":\"openid likeness:read\"}"
                                .formatted(TokenIssuer.TESTS.url()));
    }

    @Test
    void thePageLearnsWhatItsCallerMayDo() {
        assertThat(call("/studio/caller.json").status()).isEqualTo(401);
        assertThat(call("/studio/caller.json", "X-API-Key", ADMIN).text())
                .isEqualTo("{\"scopes\":[\"admin\",\"read\",\"write\"]}");
        assertThat(call("/studio/caller.json", "X-API-Key", key("shop")).text())
                .isEqualTo("{\"scopes\":[\"read\",\"write\"]}");
    }

    @Test
    void thePageMayConnectToTheIssuer() {
        assertThat(call("/").header("Content-Security-Policy"))
                .contains("connect-src 'self' " + TokenIssuer.TESTS.url() + " https://tokens.example.com;");
    }

    private PlainCall call(String path, String... headers) {
        return PlainCall.get(anonymous.root() + path, headers);
    }
}
