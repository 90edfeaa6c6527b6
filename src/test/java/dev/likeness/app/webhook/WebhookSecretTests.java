package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTests {

    /** From the test vectors of Standard Webhooks' libraries. */
    @Test
    void signsTheExampleOfTheSpecification() {
        WebhookSecret secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330L, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    /** The value is that of Python's hmac module. */
    @Test
    void signsTheBytesOfUtf8() {
        WebhookSecret secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(secret.sign("id", 1614265330L, "{\"word\": \"naïve 🦉\", \"percent\": \"%d\"}"))
                .isEqualTo("v1,24I83waZsznZn7clI5fq5Stw/11ltP7oMfupheSx+V8=");
    }

    @Test
    void readsTheTextThatItWrites() {
        String text = WebhookSecret.generate().text();

        assertThat(WebhookSecret.parse(text).text()).isEqualTo(text);
    }

    @Test
    void isAnotherOneEachTime() {
        assertThat(WebhookSecret.generate().text())
                .isNotEqualTo(WebhookSecret.generate().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_c2hvcnQ=",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_not base64 at all, not at all"
            })
    void refusesInvalidSecrets(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.parse(text))
                .withMessage("a webhook's secret is whsec_ and base64 of 24 to 64 bytes");
    }
}
