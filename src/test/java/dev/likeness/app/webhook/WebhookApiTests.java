package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.util.MultiValueMap;

@ApiTest
class WebhookApiTests {

    /** An address, so that no name is resolved. */
    private static final String RECEIVER = "https://93.184.215.14/hook";

    @Autowired
    Api api;

    @Autowired
    EventFanOut events;

    @Autowired
    TestDatabase database;

    @Autowired
    ApplicationContext context;

    @BeforeEach
    void takeEventsAway() {
        database.clear("webhook_event", "webhook_secret");
    }

    @Test
    void listsWhatWillBeSentToTheReceiverThatAFormNames() {
        String job = submit(RECEIVER + "?token=secret").at("/id");
        api.post("/v1/jobs/%s/cancel".formatted(job));
        events.run();

        Answer answer = api.get("/v1/jobs/%s/webhooks".formatted(job));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.results("url")).containsExactly(RECEIVER);
        assertThat(answer.results("event")).containsExactly("job.canceled");
        assertThat(answer.results("status")).containsExactly("pending");
        assertThat(answer.results("job_id")).containsExactly(job);
        assertThat(answer.text()).doesNotContain("token");
    }

    @Test
    void takesAReceiverInJsonToo() {
        String subject = submit(RECEIVER).at("/subject_id");

        Answer job =
                api.post("/v1/jobs", "{\"subject_id\": \"%s\", \"webhook\": \"%s/json\"}".formatted(subject, RECEIVER));
        api.post("/v1/jobs/%s/cancel".formatted(job.at("/id")));
        events.run();

        assertThat(job.status()).isEqualTo(202);
        assertThat(api.get("/v1/jobs/%s/webhooks".formatted(job.at("/id"))).results("url"))
                .containsExactly(RECEIVER + "/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9/hook",
                "http://localhost/hook",
                "http://[::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://169.254.169.254/latest/meta-data",
                "http://2130706433/",
                "http://0x7f.1/"
            })
    void refusesAReceiverOnAPrivateNetwork(String url) {
        Answer answer = submit(url);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/code")).isEqualTo("invalid_request");
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo("webhook");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hook",
                "ftp://93.184.215.14/",
                "https://me:secret@93.184.215.14/",
                "https://93.184.215.14:0/",
                "https://93.184.215.14:65536/",
                "https://93.184.215.14//hook"
            })
    void refusesWhatIsNoReceiver(String url) {
        Answer answer = submit(url);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo("webhook");
    }

    @Test
    void refusesAReceiverInJsonThatIsNoText() {
        Answer answer = api.post(
                "/v1/jobs", "{\"subject_id\": \"%s\", \"webhook\": {\"url\": 1}}".formatted(UUID.randomUUID()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errors/0/loc/0")).isEqualTo("webhook");
    }

    @Test
    void deliversAgainWhatIsWantedAgain() {
        String job = submit(RECEIVER).at("/id");
        api.post("/v1/jobs/%s/cancel".formatted(job));
        events.run();
        String delivery = api.get("/v1/jobs/%s/webhooks".formatted(job)).at("/results/0/id");
        database.webhooks().failDeliveries("timed_out");

        Answer answer = api.post("/v1/webhooks/%s/redeliver".formatted(delivery));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/id")).isEqualTo(delivery);
        assertThat(answer.at("/status")).isEqualTo("pending");
    }

    /** Another release may have written it. */
    @Test
    void listsADeliveryThatFailedForAnUnknownReason() {
        String job = submit(RECEIVER).at("/id");
        api.post("/v1/jobs/%s/cancel".formatted(job));
        events.run();
        database.webhooks().failDeliveries("struck_by_lightning");

        Answer answer = api.get("/v1/jobs/%s/webhooks".formatted(job));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.results("status")).containsExactly("failed");
        assertThat(answer.body().at("/results/0/error").isNull()).isTrue();
        assertThat(answer.text()).doesNotContain("lightning");
    }

    @Test
    void knowsNoDeliveryOfAnotherId() {
        UUID unknown = UUID.randomUUID();

        Answer answer = api.post("/v1/webhooks/%s/redeliver".formatted(unknown));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/detail")).isEqualTo("There is no delivery %s.".formatted(unknown));
        assertThat(api.get("/v1/jobs/%s/webhooks".formatted(unknown)).status()).isEqualTo(404);
    }

    @Test
    void showsTheSecretUntilItIsRotated() {
        String secret = api.get("/v1/webhooks/secret").at("/secret");
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(api.get("/v1/webhooks/secret").at("/secret")).isEqualTo(secret);

        Answer rotated = api.post("/v1/webhooks/secret/rotate");

        assertThat(rotated.at("/secret")).isNotEqualTo(secret);
        assertThat(rotated.headers().getCacheControl()).isEqualTo("no-store");
        assertThat(api.get("/v1/webhooks/secret").at("/secret")).isEqualTo(rotated.at("/secret"));
    }

    @Test
    void looksRegularlyForWhatIsToBeSent() {
        assertThat(context.getBeansOfType(ScheduledTaskHolder.class).values())
                .flatExtracting(ScheduledTaskHolder::getScheduledTasks)
                .extracting(ScheduledTask::toString)
                .anyMatch(it -> it.contains("WebhookSender.run"));
    }

    private Answer submit(String webhook) {
        MultiValueMap<String, Object> form = Api.owl();
        form.add("webhook", webhook);
        return api.submit(form);
    }
}
