package dev.likeness.app.web.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;

/** Labels and priorities of tasks of every kind. */
@ApiTest
class TaskOptionsApiTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    TestDatabase database;

    @BeforeEach
    void takeJobsAway() {
        worker.clear();
        database.clear("evaluation");
    }

    @Test
    void labelsAJobOfAForm() {
        MultiValueMap<String, Object> form = Api.owl();
        form.add("labels", "{\"env\": \"prod\", \"example.com/team\": \"\"}");
        form.add("priority", "-3");

        Answer job = api.submit(form);

        assertThat(job.status()).isEqualTo(202);
        assertThat(job.body().at("/labels").toString()).isEqualTo("{\"env\":\"prod\",\"example.com/team\":\"\"}");
        assertThat(job.body().at("/priority").intValue()).isEqualTo(-3);
    }

    @Test
    void listsThoseJobsThatHaveAllLabels() {
        String subject = subject();
        List<String> both = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            both.add(0, job(subject, "\"labels\": {\"env\": \"prod\", \"tier\": \"web\"}"));
            job(subject, "\"labels\": {\"env\": \"prod\"}");
            job(subject, "\"labels\": {\"env\": \"dev\", \"tier\": \"web\"}");
        }

        Answer first = api.get("/v1/jobs?label=env:prod&label=tier:web&limit=2");
        Answer second = api.get(first.at("/next"));

        assertThat(first.results("id")).isEqualTo(both.subList(0, 2));
        assertThat(second.results("id")).isEqualTo(both.subList(2, 3));
        assertThat(second.body().get("next").isNull()).isTrue();
        assertThat(api.get(second.at("/previous")).results("id")).isEqualTo(both.subList(0, 2));
        assertThat(api.get("/v1/jobs?label=env:prod&label=env:dev").results("id"))
                .isEmpty();
        assertThat(api.get("/v1/jobs?label=env:").results("id")).isEmpty();
        assertThat(api.get("/v1/subjects/%s/jobs?label=env:dev".formatted(subject))
                        .results("id"))
                .hasSize(3);
    }

    @Test
    void changesSomeLabelsAndKeepsTheOthers() {
        String job = job(subject(), "\"labels\": {\"a\": \"1\", \"b\": \"2\"}");

        Answer changed = change("/v1/jobs/" + job, "{\"labels\": {\"b\": null, \"c\": \"3\", \"d\": null}}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().at("/labels").toString()).isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
        assertThat(api.get("/v1/jobs?label=c:3").results("id")).containsExactly(job);
        assertThat(api.get("/v1/jobs?label=b:2").results("id")).isEmpty();
        assertThat(change("/v1/jobs/" + job, "{}").body().at("/labels").size()).isEqualTo(2);
    }

    @Test
    void hasAtMost64LabelsAlsoAfterAChange() {
        String job = job(subject(), "\"labels\": %s".formatted(labels(0, 64)));

        assertThat(change("/v1/jobs/" + job, "{\"labels\": {\"k0\": null, \"new\": \"\"}}")
                        .status())
                .isEqualTo(200);
        Answer more = change("/v1/jobs/" + job, "{\"labels\": {\"more\": \"\"}}");

        assertThat(more.status()).isEqualTo(422);
        assertThat(more.at("/errors/0/loc/0")).isEqualTo("labels");
        assertThat(change("/v1/jobs/" + job, "{\"labels\": %s}".formatted(labels(100, 165)))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void takesTheJobWithTheHigherPriorityFirst() {
        String subject = subject();
        String plain = job(subject, "\"priority\": 0");
        String late = job(subject, "\"priority\": -10");
        String soon = job(subject, "\"priority\": 10");

        assertThat(position(soon)).isEqualTo(1);
        assertThat(position(plain)).isEqualTo(2);
        assertThat(position(late)).isEqualTo(3);
        assertThat(database.waiting()).containsExactly(soon, plain, late);

        assertThat(change("/v1/jobs/" + late, "{\"priority\": 10}").at("/priority"))
                .isEqualTo("10");

        assertThat(position(late)).isEqualTo(1);
        assertThat(database.waiting()).containsExactly(late, soon, plain);
    }

    @Test
    void changesNoPriorityAfterTheEnd() {
        String job = worker.finishedJob(api);

        Answer answer = change("/v1/jobs/" + job, "{\"priority\": 1}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.at("/code")).isEqualTo("wrong_state");
        assertThat(change("/v1/jobs/" + job, "{\"labels\": {\"kept\": \"yes\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void labelsGenerationsCaptionsAndEvaluationsToo() {
        String job = worker.finishedJob(api);
        String options = "\"labels\": {\"env\": \"prod\"}, \"priority\": 2";
        api.post("/v1/jobs/%s/generations".formatted(job));
        String generation = api.post("/v1/jobs/%s/generations".formatted(job), "{%s}".formatted(options))
                .at("/urls/get");
        String evaluation = api.post("/v1/evaluations", "{\"job_ids\": [\"%s\"], %s}".formatted(job, options))
                .at("/urls/get");
        String captions = api.post(
                        "/v1/subjects/%s/captions"
                                .formatted(api.get("/v1/jobs/" + job).at("/subject_id")),
                        "{\"model\": \"tests/described\", %s}".formatted(options))
                .at("/urls/get");

        assertThat(api.get("/v1/jobs/%s/generations?label=env:prod".formatted(job))
                        .results("priority"))
                .containsExactly("2");
        assertThat(api.get("/v1/evaluations?label=env:prod").results("priority"))
                .containsExactly("2");
        for (String task : List.of(generation, evaluation, captions)) {
            Answer changed = change(task, "{\"labels\": {\"more\": \"1\"}, \"priority\": -2}");
            assertThat(changed.body().at("/labels").toString()).isEqualTo("{\"env\":\"prod\",\"more\":\"1\"}");
            assertThat(api.get(task).at("/priority")).isEqualTo("-2");
        }
        assertThat(change("/v1/generations/" + UUID.randomUUID(), "{}").status())
                .isEqualTo(404);
    }

    @Test
    void givesACopyTheLabelsOfItsJobUnlessItSaysOthers() {
        String job = job(subject(), "\"labels\": {\"env\": \"prod\"}, \"priority\": 3");

        Answer copy = api.post("/v1/jobs/%s/copy".formatted(job), "{}");
        Answer other = api.post("/v1/jobs/%s/copy".formatted(job), "{\"labels\": {\"a\": \"b\"}}");
        Answer empty = api.post("/v1/jobs/%s/copy".formatted(job), "{\"labels\": {}, \"webhook_events_filter\": []}");

        assertThat(copy.body().at("/labels").toString()).isEqualTo("{\"env\":\"prod\"}");
        assertThat(copy.at("/priority")).isEqualTo("0");
        assertThat(other.body().at("/labels").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(empty.body().at("/labels").toString()).isEqualTo("{\"env\":\"prod\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "labels": []                        | labels
            "labels": {"a": 1}                  | labels
            "labels": {"a": null}               | labels
            "labels": {"a b": "1"}              | labels
            "labels": {"a": "b c"}              | labels
            "priority": 11                      | priority
            "priority": -11                     | priority
            "priority": 1.5                     | priority
            "priority": "1"                     | priority
            "priority": 99999999999999999999    | priority
            "webhook_events_filter": ["start"]  | webhook_events_filter
            "webhook": "http://93.184.215.14/", "webhook_events_filter": "start"   | webhook_events_filter
            "webhook": "http://93.184.215.14/", "webhook_events_filter": ["end"]   | webhook_events_filter
            "webhook": "http://127.0.0.1/"      | webhook
            """)
    void refusesWhatIsNoOption(String options, String field) {
        String job = worker.finishedJob(api);
        String subject = api.get("/v1/jobs/" + job).at("/subject_id");

        for (Answer answer : List.of(
                api.post("/v1/jobs/%s/generations".formatted(job), "{%s}".formatted(options)),
                api.post("/v1/jobs/%s/copy".formatted(job), "{%s}".formatted(options)),
                api.post("/v1/subjects/%s/jobs".formatted(subject), "{%s}".formatted(options)),
                api.post("/v1/plans", "{\"subject_id\": \"%s\", %s}".formatted(subject, options)),
                api.post("/v1/evaluations", "{\"job_ids\": [\"%s\"], %s}".formatted(job, options)))) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.at("/errors/0/loc/0")).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @CsvSource({"env", ":prod", "env:pr od", "-:x"})
    void refusesAFilterThatIsNoLabel(String label) {
        Answer answer = api.get("/v1/jobs?label=" + label.replace(" ", "%20"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo("label");
    }

    private static String labels(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"k%d\": \"v\"".formatted(i))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private Answer change(String uri, String body) {
        return api.send(HttpMethod.PATCH, uri, it -> {}, body, MediaType.APPLICATION_JSON);
    }

    private int position(String job) {
        return api.get("/v1/jobs/" + job).body().at("/queue_position").intValue();
    }

    private String subject() {
        return api.send(HttpMethod.POST, "/v1/subjects", it -> {}, Api.owl(), MediaType.MULTIPART_FORM_DATA)
                .at("/id");
    }

    private String job(String subject, String options) {
        Answer job = api.post("/v1/subjects/%s/jobs".formatted(subject), "{%s}".formatted(options));
        assertThat(job.status()).isEqualTo(202);
        return job.at("/id");
    }
}
