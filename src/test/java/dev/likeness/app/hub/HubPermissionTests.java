package dev.likeness.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for the hub, and repositories that need one. */
class HubPermissionTests extends HubTest {

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "http:", "::"})
    void isNotSentToWhereNoFilesAre(String location) {
        server.trouble("hub", "model_index.json", TestHub.status(302, "Location", location));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::whole)
                .withMessage("the model hub redirects acme/tiny to a forbidden address");
    }

    @Nested
    class Permission {

        @Test
        void isAskedForWithTheTokenButNotOfOtherHosts() {
            server.token = "hf_secret";
            String moved = "/acme/tiny/resolve/%s/tokenizer/vocab.json".formatted(COMMIT);
            server.trouble("hub", "tokenizer/vocab.json", TestHub.status(307, "Location", moved));

            hub("hf_secret").whole(MODEL, DownloadWatch.NONE);

            assertThat(server.requests())
                    .filteredOn(it -> it.host().equals("hub"))
                    .allSatisfy(it -> assertThat(it.headers()).containsEntry("Authorization", "Bearer hf_secret"));
            assertThat(server.requests())
                    .filteredOn(it -> it.host().equals("cdn"))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it.headers()).doesNotContainKey("Authorization"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "401 |           |       | the model hub requires a token for acme/tiny, which is private, gated or does not",
                    "401 |           | wrong | the model hub does not accept likeness.hub.token for acme/tiny: the token is wrong",
                    "401 | GatedRepo |       | acme/tiny is gated: accept the conditions on its page of the model hub, and set",
                    "403 | GatedRepo | other | acme/tiny is gated: accept the conditions on its page of the model hub, and set"
                })
        void thatIsMissingIsExplained(int status, @Nullable String code, @Nullable String token, String reason) {
            server.token = "right";
            server.refusal = status;
            server.errorCode = code;

            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> hub(token).whole(MODEL, DownloadWatch.NONE))
                    .withMessageStartingWith(reason)
                    .withMessageNotContaining("right");
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void isNeverShown() {
            HubSettings settings = server.settings(cache, "hf_secret");

            assertThat(settings.toString()).doesNotContain("hf_secret").contains("***");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.settings(cache, "hf_secret\nX: y"))
                    .withMessageNotContaining("hf_secret");
        }
    }
}
