package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Plans of jobs before their submission. */
@ApiTest
class PlanApiTests {

    @Autowired
    Api api;

    @Autowired
    TestDatabase database;

    @Autowired
    TestWorker worker;

    @BeforeEach
    @AfterEach
    void clear() {
        worker.clear();
        database.clear("worker");
    }

    @Test
    void showsTheJobThatASubmissionWouldMake() {
        database.workers().register("cpu", 20_000_000_000L, 0);
        String request = "{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"steps\": 7}}}".formatted(subject());

        Answer plan = api.post("/v1/plans", request);
        Answer job = api.post("/v1/jobs", request);

        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        assertThat(plan.at("/object")).isEqualTo("plan");
        assertThat(plan.at("/class_word")).isEqualTo("bird");
        assertThat(plan.body().get("spec")).isEqualTo(job.body().get("spec"));
        assertThat(plan.body().get("memory_plan"))
                .isEqualTo(job.body().get("memory_plan"))
                .isNotNull();
        assertThat(plan.at("/memory_plan/device")).isEqualTo("cpu");
        assertThat(plan.at("/training_steps")).isEqualTo("7");
    }

    /** Jackson reads both kinds of infinity, and JSON has none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"training\": {\"snr_gamma\": 1e400}",
                "\"training\": {\"max_grad_norm\": \"Infinity\"}",
                "\"training\": {\"snr_gamma\": \"NaN\"}",
                "\"training\": {\"learning_rate\": 1e400}",
                "\"sampling\": {\"guidance_interval\": [0, 1e400]}"
            })
    void refusesNumbersWithoutEnd(String section) {
        Answer plan = api.post("/v1/plans", "{\"class_word\": \"bird\", \"spec\": {%s}}".formatted(section));

        assertThat(plan.status()).as(plan.text()).isEqualTo(422);
        assertThat(plan.at("/errors/0/loc/0")).isEqualTo("spec");
        assertThat(plan.at("/errors/0/loc/2")).isIn("snr_gamma", "max_grad_norm", "learning_rate", "guidance_interval");
    }

    @Test
    void countsTheImages() {
        Answer plan = api.post("/v1/plans", """
                {"class_word": "bird", "spec": {
                    "training": {"steps": 100},
                    "prior": {"enabled": true, "images": 5},
                    "previews": {"every_steps": 40, "prompts": ["a {subject}"], "images_per_prompt": 2},
                    "evaluation": {"prompts": ["a {subject}"], "images_per_prompt": 3, "class_images": 2, "checkpoints": 1},
                    "sampling": {"prompts": ["a {subject}", "the {subject}"], "images_per_prompt": 2}}}""");

        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        assertThat(plan.at("/images/prior_images")).isEqualTo("5");
        assertThat(plan.at("/images/previews")).isEqualTo("4");
        assertThat(plan.at("/images/scoring")).isEqualTo("10");
        assertThat(plan.at("/images/results")).isEqualTo("4");
        assertThat(plan.at("/images/total")).isEqualTo("23");
    }

    @Test
    void storesNothing() {
        String id = subject();
        Set<String> before = database.everyRow(Set.of());

        assertThat(api.post("/v1/plans", "{\"subject_id\": \"%s\"}".formatted(id))
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/v1/plans", "{\"class_word\": \"bird\"}").status()).isEqualTo(200);

        assertThat(database.everyRow(Set.of())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"training\": {\"steps\": 0, \"step\": 7}}",
                "{\"training\": {\"captions\": \"subject\"}}",
                "{\"training\": {\"captions\": [\"one\"]}}",
                "{\"base_job_id\": \"00000000-0000-0000-0000-000000000000\"}",
                "{\"model\": \"no/model\"}",
                "{\"identifier\": \"bird\"}",
                "7"
            })
    void refusesWhatASubmissionRefuses(String spec) {
        String request = "{\"subject_id\": \"%s\", \"spec\": %s}".formatted(subject(), spec);

        Answer plan = api.post("/v1/plans", request);
        Answer job = api.post("/v1/jobs", request);

        assertThat(plan.status()).as(plan.text()).isEqualTo(422);
        assertThat(plan.body().get("errors")).isNotEmpty().isEqualTo(job.body().get("errors"));
        assertThat(plan.at("/detail")).isEqualTo(job.at("/detail"));
    }

    @Test
    void refusesFieldsOfTheRequest() {
        assertThat(fields(api.post("/v1/plans", "{}"))).containsExactly("class_word");
        assertThat(fields(api.post("/v1/plans", "{\"class_word\": \"bird\", \"colour\": 1}")))
                .containsExactly("colour");
        assertThat(fields(api.post("/v1/plans", "{\"subject_id\": \"%s\"}".formatted(UUID.randomUUID()))))
                .containsExactly("subject_id");
        assertThat(fields(api.post("/v1/plans", "{\"class_word\": \"bird\", \"webhook\": \"ftp://example.com\"}")))
                .containsExactly("webhook");
    }

    @Test
    void refusesWithTheNumbersWhatDoesNotFit() {
        database.workers().register("cpu", 1_000, 0);

        Answer plan = api.post("/v1/plans", "{\"class_word\": \"bird\"}");

        assertThat(plan.status()).isEqualTo(422);
        assertThat(plan.at("/code")).isEqualTo("plan_does_not_fit");
        assertThat(plan.body().at("/plans")).isNotEmpty();
    }

    @Test
    void knowsNoDurationBeforeAJobHasFinished() {
        worker.submit();

        Answer plan = api.post("/v1/plans", "{\"class_word\": \"bird\"}");

        assertThat(plan.body().at("/duration/seconds").isNull()).isTrue();
        assertThat(plan.at("/duration/measured_jobs")).isEqualTo("0");
        assertThat(plan.at("/duration/reason"))
                .startsWith("No job with the method ")
                .contains("likeness/tiny-world");
    }

    /** These jobs have trained 3.8 steps a second, and their images took no time. */
    @Test
    void expectsThePaceOfEarlierJobs() {
        worker.work(worker.submit());
        worker.work(worker.submit());

        Answer plan = api.post("/v1/plans", "{\"class_word\": \"bird\", \"spec\": {\"training\": {\"steps\": 380}}}");

        assertThat(plan.at("/duration/seconds")).isEqualTo("100");
        assertThat(plan.at("/duration/measured_jobs")).isEqualTo("2");
        assertThat(plan.body().at("/duration/reason").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"training\": {\"batch_size\": 1}}",
                "{\"training\": {\"resolution\": 128}}",
                "{\"prior\": {\"enabled\": false}}",
                "{\"method\": \"textual_inversion\"}"
            })
    void expectsNothingFromJobsWithOtherSteps(String spec) {
        worker.work(worker.submit());

        Answer plan = api.post("/v1/plans", "{\"class_word\": \"bird\", \"spec\": %s}".formatted(spec));

        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        assertThat(plan.body().at("/duration/seconds").isNull()).isTrue();
    }

    @Test
    void expectsNothingFromJobsOnOtherDevices() {
        worker.work(worker.submit());
        database.workers().register("cuda:0", 20_000_000_000L, 0);

        Answer plan = api.post("/v1/plans", "{\"class_word\": \"bird\"}");

        assertThat(plan.body().at("/duration/seconds").isNull()).isTrue();
        assertThat(plan.at("/duration/reason")).contains("on the device cuda:0");
    }

    private String subject() {
        return api.send(
                        org.springframework.http.HttpMethod.POST,
                        "/v1/subjects",
                        it -> {},
                        Api.owl(),
                        org.springframework.http.MediaType.MULTIPART_FORM_DATA)
                .at("/id");
    }

    private static List<String> fields(Answer refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        return refused.body()
                .get("errors")
                .valueStream()
                .map((JsonNode it) -> it.at("/loc/0").asString())
                .toList();
    }
}
