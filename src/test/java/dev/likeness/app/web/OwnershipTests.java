package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.TestHome;
import dev.likeness.app.TestWorker;
import dev.likeness.diffusion.adapter.TensorFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

/** A server that asks callers who they are. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "likeness.home=" + TestHome.OWNERS,
            "likeness.role=api",
            "likeness.models[tests/described].path=src/test/resources/goldens/tiny-sd1/model",
            "likeness.captions.models[tests/described]=src/test/resources/goldens/tiny-blip/model",
            "likeness.security.authentication=required",
            "likeness.security.bootstrap-key=" + OwnershipTests.ADMIN,
            "likeness.security.scope-prefix=likeness:",
            "likeness.security.limits.uploads-per-minute=6",
            "likeness.security.limits.unfinished-jobs=2",
            "likeness.security.limits.pixels-per-minute=" + OwnershipTests.PIXELS,
            "likeness.events.poll-interval=100ms",
            "likeness.webhooks.allow-private=true",
            "likeness.webhooks.poll-interval=100ms",
            "management.server.port=0"
        })
@Import({TestWorker.class, Api.class})
class OwnershipTests {

    static final String ADMIN = "lk_testsadmin01_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

    /** Three pictures of 512x512, which only one test sends twice. */
    static final long PIXELS = 800_000;

    private static final String AUDIENCE = "likeness-tests";
    private static final Issuer ISSUER = Issuer.start();

    @Autowired
    Api nobody;

    @Autowired
    TestWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ManagementServerProperties management;

    @LocalManagementPort
    int managementPort;

    private Api shop;
    private Api stranger;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::url);
        properties.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", () -> ISSUER.url() + "/keys");
        properties.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> AUDIENCE);
    }

    @AfterAll
    static void stop() {
        ISSUER.server().stop(0);
    }

    /** Owners of their own for each test, so that none meets the limits of another. */
    @BeforeEach
    void owners() {
        shop = nobody.as(key("shop-" + UUID.randomUUID()));
        stranger = nobody.as(key("stranger-" + UUID.randomUUID()));
    }

    @Test
    void figuresAreOpenAtTheManagementPortAndNowhereElse() throws Exception {
        assertThat(management.getAddress()).matches(InetAddress::isLoopbackAddress);
        URI port = URI.create("http://127.0.0.1:" + managementPort);
        assertThat(status(port.resolve("/actuator/prometheus"))).isEqualTo(200);
        assertThat(status(port.resolve("/actuator/health"))).isEqualTo(200);
        assertThat(status(port.resolve("/v1/jobs"))).isEqualTo(404);
        assertThat(status(URI.create(nobody.root() + "/actuator/prometheus"))).isEqualTo(401);
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void everyCallNeedsAKey() {
        Map<String, Integer> statuses = new LinkedHashMap<>();

        operations(nobody)
                .forEach(it -> statuses.put(it.toString(), it.call(nobody, "x").status()));

        assertThat(statuses).hasSizeGreaterThan(40);
        assertThat(statuses.values()).containsOnly(401);
        assertThat(nobody.get("/v1/jobs").headers().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                .startsWith("Bearer");
    }

    @Test
    void describesBothWaysToShowWhoOneIs() {
        JsonNode schemes = nobody.document().at("/components/securitySchemes");

        assertThat(schemes.at("/api_key/in").asString()).isEqualTo("header");
        assertThat(schemes.at("/api_key/name").asString()).isEqualTo("X-API-Key");
        assertThat(schemes.at("/bearer/scheme").asString()).isEqualTo("bearer");
        assertThat(nobody.document().at("/security")).hasSize(2);
    }

    @Nested
    class Keys {

        @Test
        void areShownOnceAndTakenInBothHeaders() {
            Answer made = create("{\"name\": \"a\", \"owner\": \"b\"}");

            String key = made.at("/key");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(key).startsWith("lk_" + made.at("/prefix") + "_");
            assertThat(made.headers().getCacheControl()).isEqualTo("no-store");
            assertThat(nobody.as(key).get("/v1/jobs").status()).isEqualTo(200);
            assertThat(nobody.get("/v1/jobs", it -> it.set("X-API-Key", key)).status())
                    .isEqualTo(200);
            Answer list = nobody.as(ADMIN).get("/v1/api-keys");
            assertThat(list.text()).doesNotContain(key.substring(20));
            assertThat(list.results("prefix")).contains(made.at("/prefix"));
            assertThat(list.body().at("/results/0/last_used_at").isString()).isTrue();
            assertThat(jdbc.sql("select encode(secret_hash, 'escape') || api_key::text from api_key")
                            .query(String.class)
                            .list())
                    .noneMatch(it -> it.contains(key.substring(20)));
        }

        @Test
        void doNotHoldOnceRevoked() {
            Answer made = create("{\"name\": \"a\", \"owner\": \"b\"}");
            String path = "/v1/api-keys/" + made.at("/id");

            assertThat(nobody.as(ADMIN).delete(path).status()).isEqualTo(204);

            Answer refused = nobody.as(made.at("/key")).get("/v1/jobs");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.at("/code")).isEqualTo("unauthenticated");
            assertThat(refused.at("/detail")).contains("revoked");
            assertThat(nobody.as(ADMIN)
                            .delete("/v1/api-keys/" + UUID.randomUUID())
                            .status())
                    .isEqualTo(404);
        }

        @Test
        void doNotHoldOnceTheirTimeIsOver() {
            Answer made = create("{\"name\": \"a\", \"owner\": \"b\", \"expires_at\": \"2999-01-01T00:00:00Z\"}");
            assertThat(nobody.as(made.at("/key")).get("/v1/jobs").status()).isEqualTo(200);

            jdbc.sql("update api_key set expires_at = now() where id = ?::uuid")
                    .param(made.at("/id"))
                    .update();

            assertThat(nobody.as(made.at("/key")).get("/v1/jobs").status()).isEqualTo(401);
        }

        @Test
        @Timeout(30)
        void endWithTheStreamsThatTheyHaveOpened() throws Exception {
            Answer revoked = create("{\"name\": \"a\", \"owner\": \"b\"}");
            Answer ending = create("{\"name\": \"a\", \"owner\": \"b\", \"expires_at\": \"%s\"}"
                    .formatted(Instant.now().plusSeconds(2)));
            Answer holding = create("{\"name\": \"a\", \"owner\": \"b\"}");
            String subject = subject(nobody.as(revoked.at("/key")), null).at("/id");
            String job = nobody.as(revoked.at("/key"))
                    .post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject))
                    .at("/id");

            try (Scanner first = events(job, revoked);
                    Scanner second = events(job, ending);
                    Scanner third = events(job, holding)) {
                nobody.as(ADMIN).delete("/v1/api-keys/" + revoked.at("/id"));

                assertThat(first.tokens()).containsExactly(":watching");
                assertThat(second.tokens()).containsExactly(":watching");
                nobody.as(holding.at("/key")).post("/v1/jobs/%s/cancel".formatted(job));
                assertThat(third.tokens()).contains("event:completed");
            }
        }

        /** What is sent of a job, until it ends. */
        private Scanner events(String job, Answer key) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(nobody.root() + "/v1/jobs/" + job + "/events"))
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
            assertThat(nobody.as(key).get("/v1/jobs").status()).isEqualTo(401);
        }

        @Test
        void doOnlyWhatTheirScopesSay() {
            Api reader = nobody.as(create("{\"name\": \"a\", \"owner\": \"b\", \"scopes\": [\"read\"]}")
                    .at("/key"));
            Api writer = nobody.as(create("{\"name\": \"a\", \"owner\": \"b\", \"scopes\": [\"write\"]}")
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
                    "{\"name\": \"a\", \"owner\": \"nobody\"} | owner",
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

    @Nested
    class Things {

        @Test
        void areFoundByTheirOwnerAlone() {
            Map<String, String> ids = things();
            List<Operation> calls = operations(nobody).stream()
                    .filter(Operation::namesAThing)
                    .filter(it ->
                            !it.path().startsWith("/v1/api-keys") && !it.path().startsWith("/v1/models"))
                    .toList();

            assertThat(calls).hasSizeGreaterThan(25).allSatisfy(call -> {
                Answer answer = call.call(stranger, ids.get(call.kind()));

                assertThat(answer.status()).as("%s: %s", call, answer.text()).isEqualTo(404);
            });
            assertThat(calls.stream().filter(it -> it.method().equals(HttpMethod.GET)))
                    .hasSizeGreaterThan(14)
                    .allSatisfy(call -> {
                        Answer answer = call.call(shop, ids.get(call.kind()));

                        // A job that was never evaluated by a worker has no report.
                        assertThat(answer.status())
                                .as("%s: %s", call, answer.text())
                                .isEqualTo(call.path().contains("/report") ? 404 : 200);
                    });
        }

        @Test
        void areListedForTheirOwnerAlone() {
            Map<String, String> ids = things();

            assertThat(shop.get("/v1/jobs").results("id")).containsExactly(ids.get("jobs"));
            assertThat(shop.get("/v1/adapters").results("id")).containsExactly(ids.get("adapters"));
            assertThat(stranger.get("/v1/jobs").results("id")).isEmpty();
            assertThat(stranger.get("/v1/jobs?status=succeeded").results("id")).isEmpty();
            assertThat(stranger.get("/v1/adapters").results("id")).isEmpty();
            String newer = Base64.getUrlEncoder()
                    .encodeToString(("NEWER 2000-01-01T00:00:00Z " + new UUID(0, 0)).getBytes(StandardCharsets.UTF_8));
            for (String list : List.of("jobs", "adapters")) {
                assertThat(shop.get("/v1/%s?cursor=%s".formatted(list, newer)).results("id"))
                        .containsExactly(ids.get(list));
                assertThat(stranger.get("/v1/%s?cursor=%s".formatted(list, newer))
                                .results("id"))
                        .isEmpty();
            }
        }

        @Test
        void cannotBeNamedByOthers() {
            Map<String, String> ids = things();
            Map<String, String> own = things(stranger);

            assertThat(stranger.post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(ids.get("subjects")))
                            .at("/detail"))
                    .contains("there is no subject");
            assertThat(stranger.post(
                                    "/v1/jobs",
                                    "{\"subject_id\": \"%s\", \"spec\": {\"base_job_id\": \"%s\"}}"
                                            .formatted(own.get("subjects"), ids.get("jobs")))
                            .at("/detail"))
                    .contains("there is no job");
            for (String adapter : List.of(
                    "{\"id\": \"%s\"}".formatted(ids.get("adapters")),
                    "{\"job_id\": \"%s\"}".formatted(ids.get("jobs")))) {
                assertThat(stranger.post(
                                        "/v1/jobs/%s/generations".formatted(own.get("jobs")),
                                        "{\"adapters\": [%s]}".formatted(adapter))
                                .at("/detail"))
                        .contains("there is no");
            }
            assertThat(stranger.post("/v1/evaluations", "{\"job_ids\": [\"%s\"]}".formatted(ids.get("jobs")))
                            .at("/detail"))
                    .contains("there is no job");
        }

        @Test
        void ofDifferentOwnersMayHaveTheSameIdempotencyKey() {
            String shops = subject(shop, "same").at("/id");
            String strangers = subject(stranger, "same").at("/id");

            assertThat(shops).isNotEqualTo(strangers);
            assertThat(subject(shop, "same").at("/id")).isEqualTo(shops);
        }
    }

    @Nested
    class SignedLinks {

        @Test
        void areFollowedWithoutAKeyAlsoAfterRotation() {
            String image = link(job());

            assertThat(nobody.get(image).status()).isEqualTo(200);
            assertThat(nobody.as(ADMIN).post("/v1/links/rotate").status()).isEqualTo(204);

            assertThat(nobody.get(image).status()).isEqualTo(200);
            String anew = shop.get("/v1/jobs").at("/results/0/images/0/url");
            assertThat(anew).isNotEqualTo(image);
            assertThat(nobody.get(anew).status()).isEqualTo(200);
        }

        @Test
        void leadToFilesAndNowhereElse() {
            String job = job();
            String file = shop.get("/v1/jobs/%s/artifacts".formatted(job)).at("/results/0/url");
            String signature = link(job).substring(link(job).indexOf('?'));

            assertThat(nobody.get(file).status()).isEqualTo(200);
            assertThat(nobody.get("/v1/jobs/" + job + signature).status()).isEqualTo(401);
            Answer refused = nobody.get(URI.create(file).getPath() + signature);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.at("/code")).isEqualTo("invalid_link");
        }

        @Test
        void cannotBeMadeToHoldLonger() {
            String image = link(job());
            String later = image.replaceFirst("expires=[0-9]+", "expires=99999999999");

            assertThat(later).isNotEqualTo(image);
            assertThat(nobody.get(later).status()).isEqualTo(403);
            assertThat(nobody.get(image.replaceFirst("signature=.", "signature=%20"))
                            .status())
                    .isEqualTo(403);
            assertThat(nobody.get(image.replaceFirst("key=[^&]+", "key=none")).status())
                    .isEqualTo(403);
        }

        private String link(String job) {
            return shop.get("/v1/jobs/" + job).at("/images/0/url");
        }
    }

    @Nested
    class Tokens {

        @Test
        void haveThingsOfTheirSubject() {
            Api alice = nobody.as(ISSUER.token("alice", "openid likeness:read likeness:write"));
            String subject = subject(alice, "first").at("/id");

            assertThat(alice.get("/v1/subjects/" + subject).status()).isEqualTo(200);
            assertThat(nobody.as(key("oidc|alice"))
                            .get("/v1/subjects/" + subject)
                            .status())
                    .isEqualTo(200);
            assertThat(nobody.as(key("alice")).get("/v1/subjects/" + subject).status())
                    .isEqualTo(404);
        }

        @Test
        void doOnlyWhatTheirScopesSay() {
            assertThat(nobody.as(ISSUER.token("bob", "openid read"))
                            .get("/v1/jobs")
                            .status())
                    .isEqualTo(403);
            Api reader = nobody.as(ISSUER.token("bob", "likeness:read"));
            assertThat(reader.get("/v1/jobs").status()).isEqualTo(200);
            assertThat(reader.post("/v1/jobs", "{}").status()).isEqualTo(403);
        }

        @Test
        void ofOthersAreRefused() throws JOSEException {
            JWTClaimsSet good = ISSUER.claims("eve", "likeness:read");
            RSAKey other = new RSAKeyGenerator(2048).keyID("tests").generate();
            Map<String, String> tokens = Map.of(
                    "for another service",
                    ISSUER.sign(new JWTClaimsSet.Builder(good).audience("shop").build()),
                    "of another issuer",
                    ISSUER.sign(new JWTClaimsSet.Builder(good)
                            .issuer("https://evil.example.com")
                            .build()),
                    "over",
                    ISSUER.sign(new JWTClaimsSet.Builder(good)
                            .expirationTime(Date.from(Instant.now().minusSeconds(3600)))
                            .build()),
                    "without subject",
                    ISSUER.sign(new JWTClaimsSet.Builder(good).subject(null).build()),
                    "signed by another",
                    Issuer.sign(good, other),
                    "nonsense",
                    "abc");

            assertThat(nobody.as(ISSUER.sign(good)).get("/v1/jobs").status()).isEqualTo(200);
            assertThat(tokens).allSatisfy((name, token) -> {
                Answer refused = nobody.as(token).get("/v1/jobs");

                assertThat(refused.status()).as(name).isEqualTo(401);
                assertThat(refused.at("/code")).isEqualTo("unauthenticated");
            });
        }
    }

    @Nested
    class Limits {

        @Test
        void countFormsHoweverTheirTypeIsSpelled() {
            List<Integer> statuses = IntStream.range(0, 7)
                    .mapToObj(it -> shop.send(
                                    HttpMethod.POST,
                                    "/v1/subjects",
                                    headers -> headers.set(HttpHeaders.CONTENT_TYPE, "Multipart/form-data; boundary=x"),
                                    null,
                                    null)
                            .status())
                    .toList();

            assertThat(statuses.get(6)).isEqualTo(429);
        }

        @Test
        void refuseTooManyUploadsOfOneOwnerOnly() {
            List<Integer> statuses = IntStream.range(0, 7)
                    .mapToObj(it -> shop.submit(new LinkedMultiValueMap<>()).status())
                    .toList();

            assertThat(statuses.subList(0, 6)).containsOnly(422);
            assertThat(statuses.get(6)).isEqualTo(429);
            Answer refused = shop.submit(new LinkedMultiValueMap<>());
            assertThat(refused.at("/code")).isEqualTo("rate_limited");
            assertThat(Integer.parseInt(String.valueOf(refused.headers().getFirst(HttpHeaders.RETRY_AFTER))))
                    .isBetween(1, 10);
            assertThat(shop.get("/v1/jobs").status()).isEqualTo(200);
            assertThat(stranger.submit(new LinkedMultiValueMap<>()).status()).isEqualTo(422);
        }

        @Test
        void refuseTooManyPixelsOfOneOwnerOnly() {
            MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
            form.add("class_word", "astronaut");
            for (int i = 0; i < 3; i++) {
                form.add("images", new ClassPathResource("photos/astronaut.png"));
            }

            assertThat(upload(shop, form).status()).isEqualTo(201);
            Answer refused = upload(shop, form);

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.at("/code")).isEqualTo("rate_limited");
            int seconds = Integer.parseInt(String.valueOf(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)));
            assertThat(seconds).isBetween(1, 60);
            assertThat(refused.at("/detail"))
                    .isEqualTo(
                            "The limit of pixels a minute is reached; send the pictures again in %d s, or smaller ones."
                                    .formatted(seconds));
            assertThat(shop.get("/v1/jobs").status()).isEqualTo(200);
            assertThat(upload(stranger, form).status()).isEqualTo(201);
        }

        @Test
        void refuseTooManyUnfinishedJobsOfOneOwnerOnly() {
            String subject = subject(shop, null).at("/id");
            List<Answer> answers = IntStream.range(0, 3)
                    .parallel()
                    .mapToObj(it -> shop.post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject)))
                    .toList();

            assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(202, 202, 429);
            Answer refused = answers.stream()
                    .filter(it -> it.status() == 429)
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.at("/code")).isEqualTo("quota_exceeded");
            assertThat(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("60");
            Answer accepted = answers.stream()
                    .filter(it -> it.status() == 202)
                    .findFirst()
                    .orElseThrow();
            assertThat(shop.post("/v1/jobs/%s/cancel".formatted(accepted.at("/id")))
                            .status())
                    .isEqualTo(200);
            assertThat(shop.post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject))
                            .status())
                    .isEqualTo(202);
        }
    }

    private Answer create(String request) {
        return nobody.as(ADMIN).post("/v1/api-keys", request);
    }

    private String key(String owner) {
        return create("{\"name\": \"tests\", \"owner\": \"%s\"}".formatted(owner))
                .at("/key");
    }

    private Map<String, String> things() {
        return things(shop);
    }

    /** Of the shop, finished. */
    private String job() {
        return Objects.requireNonNull(things().get("jobs"));
    }

    /** One of each, by the first part of the path below which they are. */
    private Map<String, String> things(Api owner) {
        String subject = subject(owner, null).at("/id");
        String job = owner.post(
                        "/v1/jobs",
                        "{\"subject_id\": \"%s\", \"webhook\": \"http://127.0.0.1:9/hook\"}".formatted(subject))
                .at("/id");
        worker.work(UUID.fromString(job));
        Answer generation = owner.post("/v1/jobs/%s/generations".formatted(job), "{}");
        Answer evaluation = owner.post("/v1/evaluations", "{\"job_ids\": [\"%s\"]}".formatted(job));
        String adapter = owner.upload(
                        "style.safetensors",
                        new TensorFile()
                                .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
                                .bytes())
                .at("/id");
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("subjects", subject);
        ids.put("jobs", job);
        ids.put("generations", generation.at("/id"));
        ids.put("evaluations", evaluation.at("/id"));
        ids.put("adapters", adapter);
        ids.put("images", owner.get("/v1/jobs/" + job).at("/images/0/id"));
        ids.put("artifacts", owner.get("/v1/jobs/%s/artifacts".formatted(job)).at("/results/0/id"));
        ids.put(
                "captions",
                owner.post("/v1/subjects/%s/captions".formatted(subject), "{\"model\": \"tests/described\"}")
                        .at("/id"));
        ids.put("webhooks", delivery(owner, job));
        assertThat(ids.values()).allMatch(it -> it.length() == 36, "an id");
        return ids;
    }

    /** The job's webhook, to which nobody listens. */
    private static String delivery(Api owner, String job) {
        return await().until(
                        () -> owner.get("/v1/jobs/%s/webhooks".formatted(job)).results("id"), it -> !it.isEmpty())
                .get(0);
    }

    private static Answer upload(Api owner, MultiValueMap<String, Object> form) {
        return owner.send(HttpMethod.POST, "/v1/subjects", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    private Answer subject(Api owner, @Nullable String idempotencyKey) {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        for (int i = 1; i <= 3; i++) {
            form.add("images", new ClassPathResource("subjects/owl/%d.png".formatted(i)));
        }
        form.add("class_word", "bird");
        return owner.send(
                HttpMethod.POST,
                "/v1/subjects",
                it -> {
                    if (idempotencyKey != null) {
                        it.set("Idempotency-Key", idempotencyKey);
                    }
                },
                form,
                MediaType.MULTIPART_FORM_DATA);
    }

    private static List<Operation> operations(Api api) {
        List<Operation> operations = new ArrayList<>();
        api.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(
                                new Operation(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)), path.getKey()))));
        return operations;
    }

    /** A call of the OpenAPI document. */
    private record Operation(HttpMethod method, String path) {

        boolean namesAThing() {
            return path.contains("{");
        }

        /** What the path's variable is the id of. */
        String kind() {
            return path.split("/")[2];
        }

        Answer call(Api api, @Nullable String id) {
            String uri = path.replace("{step}", "200").replaceAll("\\{[a-z]+}", String.valueOf(id));
            boolean body = method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT);
            return api.send(
                    method,
                    uri,
                    it -> it.set(HttpHeaders.ACCEPT, "*/*"),
                    body ? "{}" : null,
                    body ? MediaType.APPLICATION_JSON : null);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** An issuer of tokens as OpenID Connect has it, as far as it concerns those who check them. */
    private record Issuer(HttpServer server, RSAKey key) {

        static Issuer start() {
            try {
                RSAKey key = new RSAKeyGenerator(2048).keyID("tests").generate();
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
                server.createContext("/keys", exchange -> {
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
                server.start();
                return new Issuer(server, key);
            } catch (IOException | JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        JWTClaimsSet claims(String subject, String scope) {
            return new JWTClaimsSet.Builder()
                    .issuer(url())
                    .audience(AUDIENCE)
                    .subject(subject)
                    .claim("scope", scope)
                    .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                    .build();
        }

        String token(String subject, String scope) {
            return sign(claims(subject, scope));
        }

        String sign(JWTClaimsSet claims) {
            return sign(claims, key);
        }

        static String sign(JWTClaimsSet claims, RSAKey key) {
            try {
                SignedJWT token = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(key.getKeyID())
                                .build(),
                        claims);
                token.sign(new RSASSASigner(key));
                return token.serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
