package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import dev.likeness.app.ApiTest;
import dev.likeness.app.MovableClock;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.outbound.TargetAddresses;
import dev.likeness.app.webhook.WebhookSettings.Endpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Deliveries to a local receiver, sent in the thread of the test, with a clock that the test moves. */
@ApiTest
abstract class WebhookTest {

    static final Duration LONG = Duration.ofSeconds(10);

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    EventBodies bodies;

    @Autowired
    JobWebhooks webhooks;

    @Autowired
    TestDatabase database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JsonMapper json;

    final MovableClock clock = new MovableClock();

    final StubReceiver receiver = new StubReceiver();

    final List<WebhookSender> senders = new ArrayList<>();

    @BeforeEach
    void takeJobsAway() {
        worker.clear();
        database.clear("webhook_secret");
    }

    @AfterEach
    void close() throws Exception {
        for (WebhookSender sender : senders) {
            sender.close();
        }
        receiver.close();
    }

    void attach(UUID job, String url) {
        transactions.executeWithoutResult(status -> webhooks.attach(job, url));
    }

    Delivery only(UUID job) {
        List<Delivery> deliveries = webhooks.deliveries(job);
        assertThat(deliveries).hasSize(1);
        return deliveries.get(0);
    }

    WebhookSender sender() {
        return sender(settings(List.of(), true, LONG));
    }

    WebhookSender sender(WebhookSettings settings) {
        return sender(settings, new TargetAddresses(settings.allowPrivate(), InetAddress::getAllByName));
    }

    /** Sends in the thread that runs it. */
    WebhookSender sender(WebhookSettings settings, TargetAddresses addresses) {
        WebhookSender.Line line = new WebhookSender.Line(
                new WebhookClient(addresses, settings.timeout(), settings.threads(), SSLContexts.createDefault()),
                MoreExecutors.newDirectExecutorService(),
                new Backoff(new SplittableRandom(1)));
        WebhookSender sender = new WebhookSender(
                fanOut(settings),
                new Deliveries(jdbc, new SimpleMeterRegistry(), clock),
                secrets(),
                line,
                settings,
                clock);
        senders.add(sender);
        return sender;
    }

    EventFanOut fanOut(WebhookSettings settings) {
        return new EventFanOut(jdbc, transactions, bodies, json, settings, clock);
    }

    WebhookSecrets secrets() {
        return new WebhookSecrets(jdbc, settings(List.of(), true, LONG), clock);
    }

    JobWebhooks webhooks(MovableClock clock) {
        WebhookSettings settings = settings(List.of(), true, LONG);
        return new JobWebhooks(
                jdbc,
                new Deliveries(jdbc, new SimpleMeterRegistry(), clock),
                new TargetAddresses(true, InetAddress::getAllByName),
                settings);
    }

    static WebhookSettings settings(List<Endpoint> endpoints, boolean allowPrivate, Duration timeout) {
        Duration day = Duration.ofHours(24);
        return new WebhookSettings(endpoints, allowPrivate, Duration.ofDays(1), timeout, day, day, null, 4);
    }
}
