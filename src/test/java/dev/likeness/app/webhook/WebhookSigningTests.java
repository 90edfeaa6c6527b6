package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.likeness.app.webhook.StubReceiver.Received;
import dev.likeness.app.webhook.WebhookSettings.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With which secrets a delivery is signed. */
class WebhookSigningTests extends WebhookTest {

    @Test
    void deliversTheJobSignedAsTheReferenceLibraryWantsIt() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        worker.work(job);

        sender().run();

        Received request = receiver.requests.get(0);
        assertThat(receiver.requests).hasSize(1);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/hook");
        assertThat(request.header("Content-Type")).startsWith("application/json");
        assertThatCode(() -> new Webhook(secrets().present()).verify(request.body(), request.headers()))
                .doesNotThrowAnyException();
        Delivery delivery = only(job);
        assertThat(request.header("webhook-id")).isEqualTo(delivery.id().toString());
        assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(delivery.attempts().number()).isEqualTo(1);
        assertThat(delivery.attempts().responseCode()).isEqualTo(204);
        assertThat(delivery.attempts().error()).isNull();
        assertThat(delivery.attempts().next()).isNull();
    }

    @Test
    void signsWithTheFormerSecretTooForADay() throws Exception {
        String former = secrets().present();
        String present = secrets().rotate();
        UUID job = worker.submit();
        attach(job, receiver.url());
        receiver.answer(500);
        jobs.cancel(job);
        WebhookSender sender = sender();
        sender.run();

        Received both = receiver.requests.get(0);
        new Webhook(former).verify(both.body(), both.headers());
        new Webhook(present).verify(both.body(), both.headers());

        clock.pass(Duration.ofHours(25));
        webhooks(clock).redeliver(only(job).id());
        sender.run();

        Received later = receiver.requests.get(1);
        assertThat(later.header("webhook-signature"))
                .isEqualTo(new Webhook(present)
                        .sign(
                                later.header("webhook-id"),
                                Long.parseLong(later.header("webhook-timestamp")),
                                later.body()));
    }

    @Test
    void keepsTwoSecretsAtMost() {
        String first = secrets().present();
        String second = secrets().rotate();
        String third = secrets().rotate();

        assertThat(secrets().active()).extracting(WebhookSecret::text).containsExactly(third, second);
        assertThat(first).isNotIn(second, third);
    }

    @Test
    void tellsTheOperatorsEndpointsWhatTheyWantToHearWithTheirOwnSecrets() throws Exception {
        String one = WebhookSecret.generate().text();
        String other = WebhookSecret.generate().text();
        List<Endpoint> endpoints = List.of(
                new Endpoint(receiver.url() + "/all", List.of(one, other), Set.copyOf(WebhookEventType.completions())),
                new Endpoint(receiver.url() + "/failures", List.of(), Set.of("job.failed")));
        UUID job = worker.submit();
        jobs.cancel(job);

        sender(settings(endpoints, true, LONG)).run();

        assertThat(receiver.requests).extracting(Received::uri).containsExactly("/hook/all");
        Received request = receiver.requests.get(0);
        new Webhook(one).verify(request.body(), request.headers());
        new Webhook(other).verify(request.body(), request.headers());
        assertThat(request.header("webhook-signature").split(" ")).hasSize(2);
    }
}
