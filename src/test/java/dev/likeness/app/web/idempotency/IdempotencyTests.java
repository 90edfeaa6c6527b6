package dev.likeness.app.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

@ApiTest
class IdempotencyTests {

    private static final String REPLAYED = "Idempotent-Replayed";

    @Autowired
    Api api;

    @Autowired
    TestDatabase database;

    final String key = "test-" + UUID.randomUUID();

    @Test
    void answersTheSameFormAsAtFirstWhateverItsBoundary() {
        Answer first = submit(Api.owl("{}"));
        int jobs = database.rows("job");

        Answer second = submit(Api.owl("{}"));

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.headers().containsHeader(REPLAYED)).isFalse();
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.headers().getFirst(REPLAYED)).isEqualTo("true");
        assertThat(second.headers().getLocation()).isEqualTo(first.headers().getLocation());
        assertThat(second.headers().getContentType()).isEqualTo(first.headers().getContentType());
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(database.rows("job")).isEqualTo(jobs);
    }

    @Test
    void refusesAnotherFormUnderTheSameKey() {
        submit(Api.owl());

        Answer other = submit(Api.owl("{\"sampling\": {\"seed\": 8}}"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.at("/type")).isEqualTo("urn:likeness:problem:idempotency-key-reused");
    }

    @Test
    void refusesTheSameBodyOnAnotherPathUnderTheSameKey() {
        String one = subject();
        String other = subject();

        assertThat(post("/v1/subjects/%s/captions".formatted(one), "{}").status())
                .isEqualTo(202);
        assertThat(post("/v1/subjects/%s/captions".formatted(other), "{}").at("/code"))
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    void createsOnceForRequestsThatComeAtOnce() throws Exception {
        String body = "{\"subject_id\": \"%s\"}".formatted(subject());
        long before = database.rows("job");
        int clients = 8;
        CyclicBarrier together = new CyclicBarrier(clients);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<Answer>> futures = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            futures.add(threads.submit(() -> {
                together.await();
                return post("/v1/jobs", body);
            }));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> each : futures) {
            answers.add(each.get());
        }
        threads.shutdown();

        assertThat(database.rows("job")).isEqualTo(before + 1);
        assertThat(answers).extracting(Answer::status).contains(202).isSubsetOf(202, 409);
        assertThat(answers.stream()
                        .filter(it -> it.status() == 202)
                        .map(it -> it.at("/id"))
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(answers)
                .filteredOn(it -> it.status() == 202 && !it.headers().containsHeader(REPLAYED))
                .hasSize(1);
    }

    @Test
    void asksForPatienceWhileTheFirstIsNotAnswered() {
        String body = "{\"subject_id\": \"%s\"}".formatted(subject());
        post("/v1/jobs", body);
        database.keys().unanswered(key, Duration.ofMinutes(1));
        int jobs = database.rows("job");

        Answer second = post("/v1/jobs", body);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.at("/type")).isEqualTo("urn:likeness:problem:idempotency-key-in-use");
        assertThat(second.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        assertThat(database.rows("job")).isEqualTo(jobs);
    }

    @Test
    void takesOverFromAProcessThatDied() {
        String body = "{\"subject_id\": \"%s\"}".formatted(subject());
        post("/v1/jobs", body);
        database.keys().unanswered(key, Duration.ZERO);

        Answer second = post("/v1/jobs", body);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.headers().containsHeader(REPLAYED)).isFalse();
        assertThat(post("/v1/jobs", body).at("/id")).isEqualTo(second.at("/id"));
    }

    @Test
    void forgetsAKeyAfterItsTime() {
        String first = post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject()))
                .at("/id");
        database.keys().expireIdempotency(key);

        Answer second = post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject()));

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.at("/id")).isNotEqualTo(first);
    }

    @Test
    void letsAClientCorrectARequestThatWasRefused() {
        String subject = subject();

        assertThat(post("/v1/jobs", "{\"subject_id\": \"%s\", \"spec\": {\"method\": \"magic\"}}".formatted(subject))
                        .status())
                .isEqualTo(422);
        assertThat(post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(subject))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void leavesAFormThatCannotBeReadToTheController() {
        Answer answer = api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> it.set(IdempotencyFilter.HEADER, key),
                "--x\r\nContent-Disposition: form-data; name=\"class_word\"\r\n\r\nbi",
                MediaType.parseMediaType("multipart/form-data; boundary=x"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/code")).isEqualTo("unreadable_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\tbed"})
    void refusesKeysThatAreNone(String bad) {
        Answer answer = api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> it.set(IdempotencyFilter.HEADER, bad),
                "{}",
                MediaType.APPLICATION_JSON);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo(IdempotencyFilter.HEADER);
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        Answer answer = api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> it.set(IdempotencyFilter.HEADER, "k".repeat(256)),
                "{}",
                MediaType.APPLICATION_JSON);

        assertThat(answer.at("/errors/0/loc/0")).isEqualTo(IdempotencyFilter.HEADER);
    }

    /** Its servlet has a different limit than the one for pictures. */
    @Test
    void readsAnAdapterWithTheLimitOfAdapters() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("file", new ByteArrayResource(new byte[7 << 20]) {
            @Override
            public String getFilename() {
                return "large.safetensors";
            }
        });

        Answer answer = api.send(
                HttpMethod.POST,
                "/v1/adapters",
                it -> it.set(IdempotencyFilter.HEADER, key),
                form,
                MediaType.MULTIPART_FORM_DATA);

        assertThat(answer.at("/code")).isEqualTo("unusable_adapter");
    }

    @Test
    void refusesABodyThatIsTooLargeToKeep() {
        Answer answer = post("/v1/evaluations", " ".repeat((8 << 20) + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.at("/code")).isEqualTo("too_large");
    }

    @Test
    void isDocumentedForEveryCallThatCreates() {
        List<String> documented = new ArrayList<>();
        api.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .path("post")
                        .path("parameters")
                        .valueStream()
                        .map(it -> it.get("name").asString())
                        .filter(IdempotencyFilter.HEADER::equals)
                        .forEach(it -> documented.add(path.getKey())));
        JsonNode problems = api.document().at("/paths/~1v1~1jobs/post/responses");

        assertThat(documented)
                .containsExactlyInAnyOrder(
                        "/v1/jobs",
                        "/v1/jobs/{id}/continue",
                        "/v1/jobs/{id}/copy",
                        "/v1/jobs/{id}/generations",
                        "/v1/class-sets",
                        "/v1/subjects",
                        "/v1/subjects/{id}/captions",
                        "/v1/subjects/{id}/jobs",
                        "/v1/adapters",
                        "/v1/evaluations");
        assertThat(problems.at("/409/description").asString()).contains("idempotency_key_in_use");
        assertThat(problems.at("/422/description").asString()).contains("idempotency_key_reused", "unusable_pictures");
    }

    private Answer submit(MultiValueMap<String, Object> form) {
        return api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> it.set(IdempotencyFilter.HEADER, key),
                form,
                MediaType.MULTIPART_FORM_DATA);
    }

    private Answer post(String uri, String body) {
        return api.send(
                HttpMethod.POST, uri, it -> it.set(IdempotencyFilter.HEADER, key), body, MediaType.APPLICATION_JSON);
    }

    private String subject() {
        return database.subject("bird", Instant.now()).toString();
    }
}
