package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An uploaded owl, and the requests for it. */
@ApiTest
abstract class SubjectApiTest {

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress jobs;

    String id = "";

    @BeforeEach
    void sendAnOwl() {
        worker.clear();
        id = create(Api.owl()).at("/id");
    }

    static List<Caption> proposed(String text) {
        Caption caption = new Caption(text, CaptionOrigin.CLIP);
        return List.of(caption, caption, caption);
    }

    static List<String> texts(Answer answer) {
        return answer.body()
                .get("captions")
                .valueStream()
                .map(it -> it.get("text").asString())
                .toList();
    }

    static void assertRefused(Answer answer, String location, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/loc").valueStream().map(it -> it.asString()))
                .as(answer.text())
                .containsExactly(location.split("\\."));
        assertThat(answer.at("/errors/0/type")).isEqualTo(type);
    }

    /** The input report of a job without the pictures as its training sees them. */
    static JsonNode outsideOfTraining(Answer job) {
        JsonNode report = job.body().get("input_report").deepCopy();
        report.get("pictures").valueStream().forEach(picture -> {
            assertThat(picture.get("training_url").isString()).isTrue();
            ((ObjectNode) picture).putNull("training_url");
        });
        return report;
    }

    Answer create(MultiValueMap<String, Object> form) {
        return api.send(HttpMethod.POST, "/v1/subjects", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    Answer submit(String request) {
        return api.post("/v1/jobs", request);
    }

    Answer edit(String... texts) {
        return put(
                "/v1/subjects/" + id + "/captions",
                "{\"captions\": [%s]}"
                        .formatted(String.join(
                                ",", Stream.of(texts).map("\"%s\""::formatted).toList())));
    }

    Answer put(String uri, String body) {
        return api.send(HttpMethod.PUT, uri, it -> {}, body, MediaType.APPLICATION_JSON);
    }
}
