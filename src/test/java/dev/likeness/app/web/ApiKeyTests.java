package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.security.Owners;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Scanner;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Keys of the API: how they are created, what they permit, and how they end. */
class ApiKeyTests extends AuthenticatedApiTest {

    @Autowired
    TestDatabase database;

    @Test
    void areShownOnceAndTakenInBothHeaders() {
        Answer made = create("{\"name\": \"a\", \"owner\": \"b\"}");

        String key = made.at("/key");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(key).startsWith("lk_" + made.at("/prefix") + "_");
        assertThat(made.headers().getCacheControl()).isEqualTo("no-store");
        assertThat(anonymous.as(key).get("/v1/jobs").status()).isEqualTo(200);
        assertThat(anonymous.get("/v1/jobs", it -> it.set("X-API-Key", key)).status())
                .isEqualTo(200);
        Answer list = anonymous.as(ADMIN).get("/v1/api-keys");
        assertThat(list.text()).doesNotContain(key.substring(20));
        assertThat(list.results("prefix")).contains(made.at("/prefix"));
        assertThat(list.body().at("/results/0/last_used_at").isString()).isTrue();
        assertThat(database.keys().stored()).noneMatch(it -> it.contains(key.substring(20)));
    }

    @Test
    void areInvalidOnceRevoked() {
        Answer made = create("{\"name\": \"a\", \"owner\": \"b\"}");
        String path = "/v1/api-keys/" + made.at("/id");

        assertThat(anonymous.as(ADMIN).delete(path).status()).isEqualTo(204);

        Answer refused = anonymous.as(made.at("/key")).get("/v1/jobs");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.at("/code")).isEqualTo("unauthenticated");
        assertThat(refused.at("/detail")).contains("revoked");
        assertThat(anonymous
                        .as(ADMIN)
                        .delete("/v1/api-keys/" + UUID.randomUUID())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void areInvalidOnceExpired() {
        Answer made = create("{\"name\": \"a\", \"owner\": \"b\", \"expires_at\": \"2999-01-01T00:00:00Z\"}");
        assertThat(anonymous.as(made.at("/key")).get("/v1/jobs").status()).isEqualTo(200);

        database.keys().expire(UUID.fromString(made.at("/id")));

        assertThat(anonymous.as(made.at("/key")).get("/v1/jobs").status()).isEqualTo(401);
    }

    @Test
    @Timeout(30)
    void endWithTheStreamsThatTheyHaveOpened() throws Exception {
        Answer revoked = create("{\"name\": \"a\", \"owner\": \"b\"}");
        Answer ending = create("{\"name\": \"a\", \"owner\": \"b\", \"expires_at\": \"%s\"}"
                .formatted(Instant.now().plusSeconds(2)));
        Answer holding = create("{\"name\": \"a\", \"owner\": \"b\"}");
        String subject = subject(anonymous.as(revoked.at("/key")), null).at("/id");
        String job = anonymous
                .as(revoked.at("/key"))
                .post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject))
                .at("/id");

        try (Scanner first = events(job, revoked);
                Scanner second = events(job, ending);
                Scanner third = events(job, holding)) {
            anonymous.as(ADMIN).delete("/v1/api-keys/" + revoked.at("/id"));

            assertThat(first.tokens()).containsExactly(":watching");
            assertThat(second.tokens()).containsExactly(":watching");
            anonymous.as(holding.at("/key")).post("/v1/jobs/%s/cancel".formatted(job));
            assertThat(third.tokens()).contains("event:completed");
        }
    }

    /** The events of a job, until they end. */
    private Scanner events(String job, Answer key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(anonymous.root() + "/v1/jobs/" + job + "/events"))
                .header("X-API-Key", key.at("/key"))
                .build();
        return new Scanner(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lk_testsadmin01_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPX",
                "lk_testsadmin01_",
                "lk_",
                "lk_aaaaaaaaaaaa_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
            })
    void thatAreNoneAreRefused(String key) {
        assertThat(anonymous.as(key).get("/v1/jobs").status()).isEqualTo(401);
    }

    @Test
    void doOnlyWhatTheirScopesSay() {
        Api reader = anonymous.as(create("{\"name\": \"a\", \"owner\": \"b\", \"scopes\": [\"read\"]}")
                .at("/key"));
        Api writer = anonymous.as(create("{\"name\": \"a\", \"owner\": \"b\", \"scopes\": [\"write\"]}")
                .at("/key"));

        assertThat(reader.get("/v1/jobs").status()).isEqualTo(200);
        Answer refused = reader.post("/v1/jobs", "{}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/code")).isEqualTo("forbidden");
        assertThat(writer.get("/v1/jobs").status()).isEqualTo(403);
        assertThat(writer.post("/v1/jobs", "{}").status()).isEqualTo(422);
        for (String path : List.of("/v1/api-keys", "/v1/webhooks/secret")) {
            assertThat(shop.get(path).status()).isEqualTo(403);
        }
        assertThat(shop.post("/v1/links/rotate").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"owner\": \"b\"}                                                             | name",
                "{\"name\": \"a\"}                                                              | owner",
                "{\"name\": \"a\", \"owner\": \"local\"}                                        | owner",
                "{\"name\": \"a\", \"owner\": \"" + Owners.NOBODY + "\"} | owner",
                "{\"name\": \"a\", \"owner\": \"b\", \"expires_at\": \"+300000-01-01T00:00:00Z\"} | expires_at",
                "{\"name\": \"a\", \"owner\": \"two words\"}                                    | owner",
                "{\"name\": \"a\", \"owner\": \"b\", \"scopes\": []}                            | scopes",
                "{\"name\": \"a\", \"owner\": \"b\", \"scopes\": [\"root\"]}                    | scopes",
                "{\"name\": \"a\", \"owner\": \"b\", \"expires_at\": \"2001-01-01T00:00:00Z\"}  | expires_at"
            })
    void areNotMadeOfNonsense(String row) {
        String[] columns = row.split("\\|");

        Answer refused = create(columns[0]);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/loc/0")).isEqualTo(columns[1].strip());
    }
}
