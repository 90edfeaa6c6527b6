package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.job.Checkpoints;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Which events are delivered, and what is in them. */
class WebhookDeliveryTests extends WebhookTest {

    @Autowired
    Checkpoints checkpoints;

    @Autowired
    Api api;

    @Test
    void tellsOfTheJobWhatTheApiShows() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        worker.work(job);

        sender().run();

        JsonNode body = json.readTree(receiver.requests.get(0).body());
        assertThat(body.propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(body.get("type").asString()).isEqualTo("job.succeeded");
        assertThat(Instant.parse(body.get("timestamp").asString()))
                .isBetween(jobs.get(job).createdAt(), Instant.now());
        assertThat(body.get("data")).isEqualTo(api.get("/v1/jobs/" + job).body());
        assertThat(body.at("/data/images/0/url").asString()).startsWith(api.root() + "/v1/images/");
    }

    @Test
    void tellsOfAJobThatIsCanceled() {
        UUID job = worker.submit();
        attach(job, receiver.url());

        jobs.cancel(job);
        sender().run();

        assertThat(json.readTree(receiver.requests.get(0).body()).get("type").asString())
                .isEqualTo("job.canceled");
    }

    @Test
    void tellsOfAJobThatIsRunAgainOnceMore() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        worker.work(job);
        sender().run();

        checkpoints.choose(job, 200);
        jobs.cancel(job);
        sender().run();

        assertThat(receiver.requests)
                .extracting(it -> json.readTree(it.body()).get("type").asString())
                .as("a job whose second run is canceled goes back to the result it had")
                .containsExactly("job.succeeded", "job.succeeded");
        assertThat(receiver.requests).extracting(it -> it.header("webhook-id")).doesNotHaveDuplicates();
    }

    @Test
    void storesNoEventOfAJobWithoutReceiver() {
        jobs.cancel(worker.submit());

        sender().run();

        assertThat(database.rows("webhook_event")).isZero();
    }

    @Test
    void notesTheEventWithTheChangeOrNotAtAll() {
        UUID job = worker.submit();
        transactions.executeWithoutResult(status -> {
            jobs.cancel(job);
            assertThat(database.rows("webhook_event")).isEqualTo(1);
            status.setRollbackOnly();
        });
        assertThat(database.rows("webhook_event")).isZero();

        jobs.cancel(job);
        assertThat(database.rows("webhook_event")).isEqualTo(1);
    }

    /** During a rolling update, processes of the older version prepare deliveries, too. They write nothing but these rows. */
    @Test
    void sendsWhatAProcessOfAnotherVersionPrepared() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);
        database.webhooks().body(job, "{}");
        UUID delivery = database.webhooks().addDelivery(job, receiver.url(), clock.instant());

        sender().run();

        assertThat(receiver.requests).extracting(it -> it.header("webhook-id")).containsExactly(delivery.toString());
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }

    @Test
    void continuesWithTheOthersWhereOneEventCannotBePrepared() {
        UUID broken = worker.submit();
        UUID whole = worker.submit();
        attach(broken, receiver.url());
        attach(whole, receiver.url());
        jobs.cancel(broken);
        jobs.cancel(whole);
        EventBodies failing = task -> {
            if (task.id().equals(broken)) {
                throw new IllegalStateException("cannot be told");
            }
            return bodies.of(task);
        };

        WebhookSettings settings = settings(List.of(), true, LONG);
        new EventFanOut(jdbc, transactions, failing, json, settings, clock).run();

        assertThat(webhooks.deliveries(whole)).hasSize(1);
        assertThat(webhooks.deliveries(broken)).isEmpty();
        fanOut(settings).run();
        assertThat(webhooks.deliveries(broken)).hasSize(1);
    }

    @Test
    void deletesDeliveriesWithTheirJob() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);
        sender().run();

        jobs.delete(job);

        assertThat(database.rows("webhook_event")).isZero();
        assertThat(database.rows("webhook_delivery")).isZero();
        assertThat(database.rows("job_webhook")).isZero();
    }
}
