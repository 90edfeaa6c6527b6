package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Uploaded subjects. */
class SubjectApiTests extends SubjectApiTest {

    @Test
    void areCheckedBeforeAnythingIsTrained() {
        Answer answer = create(Api.owl());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().getLocation()).hasToString(answer.at("/urls/get"));
        assertThat(answer.at("/object")).isEqualTo("subject");
        assertThat(answer.at("/class_word")).isEqualTo("bird");
        assertThat(answer.body().at("/input_report/pictures").size()).isEqualTo(3);
        assertThat(answer.body().at("/captions").isEmpty()).isTrue();
        assertThat(api.get(answer.at("/urls/get")).body()).isEqualTo(answer.body());
        assertThat(api.get(answer.at("/urls/captions")).status()).isEqualTo(200);
    }

    @Test
    void comeWithAReportThatTheirJobsShare() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        for (String name : List.of("subjects/owl/1.png", "photos/astronaut.png", "subjects/owl/1.png")) {
            form.add("images", new ClassPathResource(name));
        }
        form.add("class_word", "woman");

        Answer subject = create(form);

        assertThat(findings(subject)).containsExactly("near_duplicates", "no_face", "no_face");
        assertThat(subject.at("/input_report/findings/0/severity")).isEqualTo("warning");
        assertThat(subject.body().at("/input_report/findings/0/pictures").toString())
                .isEqualTo("[0,2]");
        assertThat(subject.at("/input_report/findings/0/figures/threshold")).isEqualTo("8");
        assertThat(subject.at("/input_report/pictures/1/faces")).isEqualTo("1");
        String request = "{\"subject_id\": \"%s\"}".formatted(subject.at("/id"));
        Answer job = submit(request);
        assertThat(job.status()).isEqualTo(202);
        assertThat(outsideOfTraining(job)).isEqualTo(subject.body().get("input_report"));
        assertThat(outsideOfTraining(api.get(job.at("/urls/get"))))
                .isEqualTo(subject.body().get("input_report"));
    }

    @Test
    void areReportedOnAsTheirJobTakesThem() {
        Answer subject = create(Api.owl());
        Answer job = submit("{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"resolution\": 320}}}"
                .formatted(subject.at("/id")));

        assertThat(findings(subject)).isEmpty();
        assertThat(findings(job)).containsExactly("upscaled", "upscaled", "upscaled");
        assertThat(job.at("/input_report/findings/0/message"))
                .startsWith("1.png has 256x256 pixels and is enlarged to train at 320.");
    }

    @Test
    void areRefusedAsJobsAre() {
        int before = database.rows("subject");
        MultiValueMap<String, Object> nameless = Api.owl();
        nameless.remove("class_word");
        MultiValueMap<String, Object> few = Api.owl();
        few.remove("images");
        MultiValueMap<String, Object> more = Api.owl("{}");

        assertRefused(create(nameless), "class_word", "missing");
        assertRefused(create(few), "images", "count");
        assertRefused(create(more), "spec", "extra_forbidden");
        assertThat(database.rows("subject")).isEqualTo(before);
    }

    @Test
    void areNotFoundUnderIdsThatAreNone() {
        String nobody = "/v1/subjects/" + UUID.randomUUID();

        assertThat(api.get(nobody).status()).isEqualTo(404);
        assertThat(api.get(nobody + "/captions").status()).isEqualTo(404);
        assertThat(api.post(nobody + "/captions", "{}").status()).isEqualTo(404);
        assertThat(put(nobody + "/captions", "{\"captions\": [\"a\"]}").status())
                .isEqualTo(404);
        assertThat(api.delete(nobody).status()).isEqualTo(404);
    }

    @Test
    void areDeletedWithAllThatHangsOnThem() {
        List<Integer> before = allRows();
        String subject = create(Api.owl()).at("/id");
        api.post("/v1/subjects/" + subject + "/captions", "{}");
        assertThat(allRows()).isNotEqualTo(before);

        assertThat(api.delete("/v1/subjects/" + subject).status()).isEqualTo(204);

        assertThat(api.get("/v1/subjects/" + subject).status()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(allRows()).isEqualTo(before));
    }

    @Test
    void areKeptWhileJobsHaveThem() {
        String job = submit("{\"subject_id\": \"%s\"}".formatted(id)).at("/id");

        Answer answer = api.delete("/v1/subjects/" + id);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.at("/detail")).isEqualTo("Jobs use subject %s. Delete those jobs first.".formatted(id));
        assertThat(api.delete("/v1/jobs/" + job).status()).isEqualTo(204);
        assertThat(api.get("/v1/subjects/" + id).status()).isEqualTo(200);
        assertThat(api.delete("/v1/subjects/" + id).status()).isEqualTo(204);
    }

    @Test
    void goWithTheLastOfTheirJobsIfTheyCameWithOne() {
        Answer first = api.submit(Api.owl());
        String subject = first.at("/subject_id");
        Answer second = submit("{\"subject_id\": \"%s\"}".formatted(subject));

        api.delete(first.at("/urls/get"));
        assertThat(api.get("/v1/subjects/" + subject).status()).isEqualTo(200);
        api.delete(second.at("/urls/get"));
        assertThat(api.get("/v1/subjects/" + subject).status()).isEqualTo(404);
    }

    private List<String> findings(Answer answer) {
        return answer.body()
                .at("/input_report/findings")
                .valueStream()
                .map(it -> it.get("code").asString())
                .toList();
    }

    private List<Integer> allRows() {
        return Stream.of("subject", "subject_picture", "stored_file", "caption_task", "scheduled_tasks")
                .map(database::rows)
                .toList();
    }
}
