package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens of an OpenID Connect issuer. */
class BearerTokenTests extends AuthenticatedApiTest {

    @Test
    void haveThingsOfTheirSubject() {
        Api alice = anonymous.as(TokenIssuer.TESTS.token("alice", "openid likeness:read likeness:write"));
        String subject = subject(alice, "first").at("/id");

        assertThat(alice.get("/v1/subjects/" + subject).status()).isEqualTo(200);
        assertThat(anonymous
                        .as(key("oidc|alice"))
                        .get("/v1/subjects/" + subject)
                        .status())
                .isEqualTo(200);
        assertThat(anonymous.as(key("alice")).get("/v1/subjects/" + subject).status())
                .isEqualTo(404);
    }

    @Test
    void doOnlyWhatTheirScopesSay() {
        assertThat(anonymous
                        .as(TokenIssuer.TESTS.token("bob", "openid read"))
                        .get("/v1/jobs")
                        .status())
                .isEqualTo(403);
        Api reader = anonymous.as(TokenIssuer.TESTS.token("bob", "likeness:read"));
        assertThat(reader.get("/v1/jobs").status()).isEqualTo(200);
        assertThat(reader.post("/v1/jobs", "{}").status()).isEqualTo(403);
    }

    @Test
    void ofOthersAreRefused() throws JOSEException {
        JWTClaimsSet good = TokenIssuer.TESTS.claims("eve", "likeness:read");
        RSAKey other = new RSAKeyGenerator(2048).keyID("tests").generate();
        Map<String, String> tokens = Map.of(
                "for another service",
                TokenIssuer.TESTS.sign(
                        new JWTClaimsSet.Builder(good).audience("shop").build()),
                "of another issuer",
                TokenIssuer.TESTS.sign(new JWTClaimsSet.Builder(good)
                        .issuer("https://evil.example.com")
                        .build()),
                "over",
                TokenIssuer.TESTS.sign(new JWTClaimsSet.Builder(good)
                        .expirationTime(Date.from(Instant.now().minusSeconds(3600)))
                        .build()),
                "without subject",
                TokenIssuer.TESTS.sign(
                        new JWTClaimsSet.Builder(good).subject(null).build()),
                "signed by another",
                TokenIssuer.sign(good, other),
                "nonsense",
                "abc");

        assertThat(anonymous.as(TokenIssuer.TESTS.sign(good)).get("/v1/jobs").status())
                .isEqualTo(200);
        assertThat(tokens).allSatisfy((name, token) -> {
            Answer refused = anonymous.as(token).get("/v1/jobs");

            assertThat(refused.status()).as(name).isEqualTo(401);
            assertThat(refused.at("/code")).isEqualTo("unauthenticated");
        });
    }
}
