package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** A resource is visible to its owner alone. */
public class OwnershipTests extends AuthenticatedApiTest {

    @Autowired
    TestDatabase database;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void areFoundByTheirOwnerAlone() {
        Map<String, String> ids = resources(shop);
        List<Endpoint> endpoints = Endpoint.of(requestMappingHandlerMapping).stream()
                .filter(Endpoint::hasVariables)
                .filter(it ->
                        !it.path().startsWith("/v1/api-keys") && !it.path().startsWith("/v1/models"))
                .toList();

        assertThat(endpoints).isNotEmpty().allSatisfy(endpoint -> {
            Answer answer = endpoint.call(stranger, ids.get(endpoint.collection()));

            assertThat(answer.status()).as("%s: %s", endpoint, answer.text()).isEqualTo(404);
        });
        assertThat(endpoints.stream().filter(it -> it.method().equals(HttpMethod.GET)))
                .isNotEmpty()
                .allSatisfy(endpoint -> {
                    Answer answer = endpoint.call(shop, ids.get(endpoint.collection()));

                    // A job that was never evaluated by a worker has no report.
                    assertThat(answer.status())
                            .as("%s: %s", endpoint, answer.text())
                            .isEqualTo(endpoint.path().contains("/report") ? 404 : 200);
                });
    }

    @Test
    void areListedForTheirOwnerAlone() {
        Map<String, String> ids = resources(shop);

        assertThat(shop.get("/v1/jobs").results("id")).containsExactly(ids.get("jobs"));
        assertThat(shop.get("/v1/adapters").results("id")).containsExactly(ids.get("adapters"));
        assertThat(shop.get("/v1/class-sets").results("id")).containsExactly(ids.get("class-sets"));
        assertThat(shop.get("/v1/evaluations").results("id")).containsExactly(ids.get("evaluations"));
        assertThat(shop.get("/v1/webhooks").results("id")).containsExactly(ids.get("webhooks"));
        assertThat(shop.get("/v1/subjects").results("id")).containsExactly(ids.get("subjects"));
        assertThat(stranger.get("/v1/jobs").results("id")).isEmpty();
        assertThat(stranger.get("/v1/jobs?status=succeeded").results("id")).isEmpty();
        JsonNode job = shop.get("/v1/jobs/" + ids.get("jobs")).body();
        for (String field : List.of("method", "model", "class_word")) {
            String filtered = "/v1/jobs?%s=%s".formatted(field, job.get(field).asString());
            assertThat(shop.get(filtered).results("id")).as(filtered).containsExactly(ids.get("jobs"));
            assertThat(stranger.get(filtered).results("id")).as(filtered).isEmpty();
        }
        String ofWord = "/v1/subjects?class_word=" + job.get("class_word").asString();
        assertThat(shop.get(ofWord).results("id")).contains(ids.get("subjects"));
        assertThat(stranger.get(ofWord).results("id")).isEmpty();
        String ofSubject = "/v1/jobs?subject_id=" + ids.get("subjects");
        assertThat(shop.get(ofSubject).status()).isEqualTo(200);
        assertThat(stranger.get(ofSubject).results("id")).isEmpty();
        for (String list : List.of("subjects", "adapters", "class-sets", "evaluations", "webhooks")) {
            assertThat(stranger.get("/v1/" + list).results("id")).isEmpty();
        }
        String newer = Base64.getUrlEncoder()
                .encodeToString(("NEWER 2000-01-01T00:00:00Z " + new UUID(0, 0)).getBytes(StandardCharsets.UTF_8));
        for (String list : List.of("jobs", "subjects", "adapters", "class-sets", "evaluations", "webhooks")) {
            assertThat(shop.get("/v1/%s?cursor=%s".formatted(list, newer)).results("id"))
                    .containsExactly(ids.get(list));
            assertThat(stranger.get("/v1/%s?cursor=%s".formatted(list, newer)).results("id"))
                    .isEmpty();
        }
    }

    @Test
    void ofOthersAreWorkedOnWithoutAnId() {
        String subject = subject(shop, null).at("/id");
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put(
                "job",
                shop.post("/v1/subjects/%s/jobs".formatted(subject), "{}").at("/id"));
        Map<String, String> ids = resources(shop);
        kinds.put("generation", ids.get("generations"));
        kinds.put("evaluation", ids.get("evaluations"));
        kinds.put("captions", ids.get("captions"));

        kinds.forEach((kind, id) -> {
            UUID of = database.workers().register("cpu", 1, 0);
            database.lease(UUID.fromString(id), of.toString());

            JsonNode shown = taskOf(of, shop);
            assertThat(shown.at("/kind").asString()).isEqualTo(kind);
            assertThat(shown.at("/id").asString()).isEqualTo(id);
            assertThat(taskOf(of, stranger).at("/kind").asString()).isEqualTo(kind);
            assertThat(taskOf(of, stranger).at("/id").isNull()).isTrue();
            database.workers().delete(of);
        });
    }

    private static JsonNode taskOf(UUID worker, Api caller) {
        return caller.get("/v1/workers")
                .body()
                .get("results")
                .valueStream()
                .filter(it -> it.get("id").asString().equals(worker.toString()))
                .findFirst()
                .orElseThrow()
                .get("task");
    }

    @Test
    void cannotBeNamedByOthers() {
        Map<String, String> ids = resources(shop);
        Map<String, String> own = resources(stranger);

        assertThat(stranger.post("/v1/jobs", "{\"subject_id\": \"%s\"}".formatted(ids.get("subjects")))
                        .at("/detail"))
                .contains("there is no subject");
        assertThat(stranger.post(
                                "/v1/jobs",
                                "{\"subject_id\": \"%s\", \"spec\": {\"base_job_id\": \"%s\"}}"
                                        .formatted(own.get("subjects"), ids.get("jobs")))
                        .at("/detail"))
                .contains("there is no job");
        assertThat(stranger.post(
                                "/v1/jobs",
                                "{\"subject_id\": \"%s\", \"spec\": {\"prior\": {\"class_set_id\": \"%s\"}}}"
                                        .formatted(own.get("subjects"), ids.get("class-sets")))
                        .at("/detail"))
                .contains("there is no class set");
        for (String adapter : List.of(
                "{\"id\": \"%s\"}".formatted(ids.get("adapters")), "{\"job_id\": \"%s\"}".formatted(ids.get("jobs")))) {
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
