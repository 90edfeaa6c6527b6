package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.caption.CaptionProgress;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.WebhookEvent;
import dev.likeness.app.webhook.WebhookSettings.Endpoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Webhooks of tasks of every kind, with the events that they name. */
class TaskWebhookTests extends WebhookTest {

    /** An address, so that no name is resolved. */
    private static final String PUBLIC = "https://93.184.215.14/hook";

    @Autowired
    Api api;

    @Autowired
    GenerationProgress generations;

    @Autowired
    CaptionProgress captions;

    @Autowired
    EvaluationProgress evaluations;

    @BeforeEach
    void takeEventsAway() {
        database.clear("webhook_event", "evaluation");
    }

    @Test
    void tellsOfAGenerationFromItsStartToItsEnd() {
        String url = generation(WebhookEvent.START, WebhookEvent.PROGRESS, WebhookEvent.COMPLETED);
        Lease lease = generations.lease(id(url)).orElseThrow().lease();
        generations.start(lease);
        send();
        database.webhooks().forgetLastNews("generation", id(url), Duration.ofSeconds(5));
        generations.progress(lease, 3, 10, 7);
        generations.progress(lease, 4, 10, 6);
        send();
        JsonNode now = api.get(url).body();
        generations.succeed(lease);
        send();

        assertThat(types()).containsExactly("generation.started", "generation.progress", "generation.succeeded");
        assertThat(data(1)).isEqualTo(now);
        assertThat(data(1).at("/progress/step").intValue()).isEqualTo(4);
        assertThat(data(2)).isEqualTo(api.get(url).body());
        assertThat(receiver.requests.get(0).header("webhook-signature")).startsWith("v1,");
    }

    @Test
    void tellsOnlyWhatTheFilterNames() {
        String url = generation(WebhookEvent.START);
        Lease lease = generations.lease(id(url)).orElseThrow().lease();
        generations.start(lease);
        generations.progress(lease, 1, 2, null);
        generations.succeed(lease);
        send();

        assertThat(types()).containsExactly("generation.started");
        assertThat(database.rows("webhook_event")).isEqualTo(1);
    }

    @Test
    void tellsTheEndUnlessTheRequestNamesEvents() {
        String job = worker.finishedJob(api);
        String url = api.post("/v1/jobs/%s/generations".formatted(job), "{\"webhook\": \"%s\"}".formatted(PUBLIC))
                .at("/urls/get");
        api.post(url + "/cancel");
        send();

        assertThat(types()).containsExactly("generation.canceled");
    }

    @Test
    void tellsOfCaptionsAndEvaluations() {
        String job = worker.finishedJob(api);
        String subject = api.get("/v1/jobs/" + job).at("/subject_id");
        String captioning = api.post(
                        "/v1/subjects/%s/captions".formatted(subject),
                        "{\"model\": \"tests/described\", %s}".formatted(webhook(EnumSet.allOf(WebhookEvent.class))))
                .at("/urls/get");
        String evaluation = api.post(
                        "/v1/evaluations",
                        "{\"job_ids\": [\"%s\"], %s}".formatted(job, webhook(EnumSet.allOf(WebhookEvent.class))))
                .at("/urls/get");
        Lease lease = captions.lease(id(captioning)).orElseThrow().lease();
        captions.start(lease);
        send();
        captions.succeed(
                lease,
                List.of(
                        new Caption("one", CaptionOrigin.USER),
                        new Caption("two", CaptionOrigin.USER),
                        new Caption("three", CaptionOrigin.USER)));
        evaluations.start(evaluations.lease(id(evaluation)).orElseThrow().lease());
        send();

        assertThat(types()).containsExactly("captions.started", "captions.succeeded", "evaluation.started");
        assertThat(data(1)).isEqualTo(api.get(captioning).body());
        assertThat(data(2)).isEqualTo(api.get(evaluation).body());
    }

    @Test
    void tellsOfTheStartOfAJobAndOfItsEndOnce() {
        UUID job = UUID.fromString(api.post(
                        "/v1/subjects/%s/jobs".formatted(api.submit(Api.owl()).at("/subject_id")),
                        "{%s}".formatted(webhook(Set.of(WebhookEvent.START, WebhookEvent.COMPLETED))))
                .at("/id"));
        worker.work(job);
        send();

        assertThat(types()).containsExactlyInAnyOrder("job.started", "job.succeeded");
        assertThat(api.get("/v1/jobs/%s/webhooks".formatted(job)).results("url"))
                .containsOnly(receiver.url());
    }

    /** All of them would have the same content. */
    @Test
    void sendsOnlyTheNewestProgressAfterAPause() {
        String url = generation(WebhookEvent.PROGRESS);
        Lease lease = generations.lease(id(url)).orElseThrow().lease();
        generations.start(lease);
        for (int i = 1; i <= 3; i++) {
            database.webhooks().forgetLastNews("generation", id(url), Duration.ofSeconds(5));
            generations.progress(lease, i, 10, null);
        }
        send();
        assertThat(types()).containsExactly("generation.progress");

        database.webhooks().forgetLastNews("generation", id(url), Duration.ofSeconds(5));
        generations.progress(lease, 4, 10, null);
        send();

        assertThat(types()).containsExactly("generation.progress", "generation.progress");
        assertThat(database.rows("webhook_event")).isEqualTo(1);
    }

    @Test
    void triesProgressForAMinuteOnly() {
        receiver.answerAlways(503);
        String url = generation(WebhookEvent.PROGRESS);
        Lease lease = generations.lease(id(url)).orElseThrow().lease();
        generations.start(lease);
        generations.progress(lease, 1, 10, null);
        WebhookSender sender = sender();
        database.webhooks().redirect(PUBLIC, receiver.url());
        sender.run();
        for (int i = 0; i < 4; i++) {
            clock.pass(Duration.ofSeconds(40));
            sender.run();
        }

        assertThat(api.get("/v1/webhooks?task_id=" + id(url)).results("status")).containsExactly("failed");
        assertThat(receiver.requests).hasSizeBetween(2, 3);
    }

    @Test
    void listsDeliveriesWithTheirTasks() {
        String url = generation(WebhookEvent.COMPLETED);
        api.post(url + "/cancel");
        send();

        JsonNode delivery = api.get("/v1/webhooks?task_id=" + id(url)).body().at("/results/0");

        assertThat(delivery.at("/task/kind").asString()).isEqualTo("generation");
        assertThat(delivery.at("/task/id").asString()).isEqualTo(id(url).toString());
        assertThat(delivery.get("job_id").isNull()).isTrue();
        assertThat(delivery.get("event").asString()).isEqualTo("generation.canceled");
        assertThat(api.get("/v1/webhooks?task_id=" + UUID.randomUUID()).results("id"))
                .isEmpty();
        assertThat(api.post("/v1/webhooks/%s/redeliver"
                                .formatted(delivery.get("id").asString()))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void tellsTheOperatorsEndpointsOfTheEndsOfAllTasks() {
        String job = worker.finishedJob(api);
        String url = api.post("/v1/jobs/%s/generations".formatted(job)).at("/urls/get");
        api.post(url + "/cancel");
        sender(settings(List.of(new Endpoint(receiver.url(), List.of(), Set.of("generation.canceled"))), true, LONG))
                .run();

        assertThat(types()).containsExactly("generation.canceled");
    }

    /** A generation of a finished job, which calls the receiver. */
    private String generation(WebhookEvent first, WebhookEvent... more) {
        return api.post(
                        "/v1/jobs/%s/generations".formatted(worker.finishedJob(api)),
                        "{%s}".formatted(webhook(EnumSet.of(first, more))))
                .at("/urls/get");
    }

    private void send() {
        database.webhooks().redirect(PUBLIC, receiver.url());
        sender().run();
    }

    private String webhook(Set<WebhookEvent> events) {
        return "\"webhook\": \"%s\", \"webhook_events_filter\": %s".formatted(PUBLIC, json.writeValueAsString(events));
    }

    private List<String> types() {
        return receiver.requests.stream()
                .map(it -> json.readTree(it.body()).get("type").asString())
                .toList();
    }

    private JsonNode data(int request) {
        return json.readTree(receiver.requests.get(request).body()).get("data");
    }

    private static UUID id(String url) {
        return UUID.fromString(url.substring(url.lastIndexOf('/') + 1));
    }
}
