package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.util.concurrent.MoreExecutors;
import com.standardwebhooks.Webhook;
import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.MovableClock;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.Checkpoints;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.webhook.StubReceiver.Received;
import dev.likeness.app.webhook.WebhookSettings.Endpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApiTest
class WebhookDeliveryTests {

    private static final Duration LONG = Duration.ofSeconds(10);

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    Checkpoints checkpoints;

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

    @Autowired
    Api api;

    private final MovableClock clock = new MovableClock();
    private final StubReceiver receiver = new StubReceiver();
    private final List<WebhookSender> senders = new ArrayList<>();

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
    void keepsNothingOfAJobThatNobodyWantsToHearOf() {
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

    @Test
    void sendsAfterARestartWhatWasNotSentBefore() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        receiver.answer(500);
        jobs.cancel(job);
        sender().run();
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.PENDING);

        clock.pass(Duration.ofSeconds(7));
        sender().run();

        assertThat(only(job).status()).isEqualTo(DeliveryStatus.DELIVERED);
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
    void triesAgainLaterWithTheSameIdAndBody() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        receiver.answer(500);
        jobs.cancel(job);
        WebhookSender sender = sender();

        sender.run();
        sender.run();

        Delivery failed = only(job);
        assertThat(receiver.requests).hasSize(1);
        assertThat(failed.attempts().error()).isEqualTo(DeliveryError.HTTP_STATUS);
        assertThat(failed.attempts().responseCode()).isEqualTo(500);
        assertThat(failed.attempts().next())
                .isBetween(clock.instant().plusSeconds(4), clock.instant().plusSeconds(6));

        clock.pass(Duration.ofSeconds(7));
        sender.run();

        assertThat(receiver.requests).hasSize(2);
        assertThat(receiver.requests)
                .extracting(Received::body)
                .containsOnly(receiver.requests.get(0).body());
        assertThat(receiver.requests)
                .extracting(it -> it.header("webhook-id"))
                .containsOnly(failed.id().toString());
        assertThat(receiver.requests)
                .extracting(it -> it.header("webhook-timestamp"))
                .doesNotHaveDuplicates();
        assertThat(only(job).attempts().number()).isEqualTo(2);
    }

    @Test
    void givesUpAfterADay() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        receiver.answerAlways(503);
        jobs.cancel(job);
        Instant begin = clock.instant();
        WebhookSender sender = sender();
        sender.run();

        Instant next = only(job).attempts().next();
        while (next != null) {
            clock.moveTo(next);
            sender.run();
            next = only(job).attempts().next();
        }

        assertThat(only(job).status()).isEqualTo(DeliveryStatus.FAILED);
        assertThat(Duration.between(begin, clock.instant())).isBetween(Duration.ofHours(18), Duration.ofHours(24));
        assertThat(receiver.requests).hasSizeBetween(9, 14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:70000/", "http://127.0.0.1:0/", "http://127.0.0.1//hook", "no URL"})
    void settlesAnAttemptWhateverItThrowsAndGivesUpAfterADay(String url) {
        UUID job = worker.submit();
        attach(job, url);
        jobs.cancel(job);
        Instant begin = clock.instant();
        WebhookSender sender = sender();

        sender.run();

        Delivery failed = only(job);
        assertThat(failed.attempts().error()).isEqualTo(DeliveryError.CONNECTION_FAILED);
        assertThat(failed.attempts().next()).isBetween(begin.plusSeconds(4), begin.plusSeconds(6));

        for (Instant next = failed.attempts().next();
                next != null;
                next = only(job).attempts().next()) {
            clock.moveTo(next);
            sender.run();
        }
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.FAILED);
        assertThat(only(job).attempts().number()).isBetween(9, 14);
    }

    @Test
    void givesUpAfterADayAlsoWhereNoAttemptComesToAnEnd() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);
        fanOut(settings(List.of(), true, LONG)).run();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Deliveries deliveries = new Deliveries(jdbc, meters, clock);

        clock.pass(Duration.ofHours(25));
        assertThat(deliveries.claim(1, LONG))
                .as("what was never tried is tried once")
                .hasSize(1);
        assertThat(deliveries.claim(1, LONG)).as("which is claimed already").isEmpty();
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.PENDING);

        clock.pass(LONG);
        assertThat(deliveries.claim(1, LONG)).isEmpty();

        assertThat(only(job).status()).isEqualTo(DeliveryStatus.FAILED);
        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.TIMED_OUT);
        assertThat(only(job).attempts().number()).isEqualTo(1);
        assertThat(meters.counter("likeness.webhook.deliveries", "outcome", "failed", "error", "timed_out")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void doesNotFollowARedirect() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        receiver.answer(302);
        jobs.cancel(job);

        sender().run();

        assertThat(receiver.requests).extracting(Received::uri).containsExactly("/hook");
        assertThat(only(job).attempts().responseCode()).isEqualTo(302);
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void doesNotWaitForAReceiverThatNeverComesToAnEnd() throws IOException {
        try (DrippingServer server = new DrippingServer()) {
            UUID job = worker.submit();
            attach(job, "http://127.0.0.1:%d/".formatted(server.port()));
            jobs.cancel(job);

            sender(settings(List.of(), true, Duration.ofMillis(400))).run();

            assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.TIMED_OUT);
            assertThat(only(job).attempts().responseCode()).isNull();
        }
    }

    @Test
    void triesAgainAReceiverThatIsNotThere() throws IOException {
        UUID job = worker.submit();
        try (ServerSocket gone = new ServerSocket(0)) {
            attach(job, "http://127.0.0.1:%d/".formatted(gone.getLocalPort()));
        }
        jobs.cancel(job);

        sender().run();

        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.CONNECTION_FAILED);
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void doesNotConnectToPrivateAddresses() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);

        sender(settings(List.of(), false, LONG)).run();

        assertThat(receiver.requests).isEmpty();
        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.PRIVATE_ADDRESS);
    }

    @Test
    void looksAtTheAddressesItConnectsToAndNotAtThoseOfAnotherQuestion() {
        UUID job = worker.submit();
        String url = "http://rebinding.example:%d/".formatted(receiver.port());
        WebhookSettings settings = settings(List.of(), false, LONG);
        TargetAddresses publicAtFirst = new TargetAddresses(false, first("1.1.1.1", "127.0.0.1"));
        new JobWebhooks(jdbc, new Deliveries(jdbc, new SimpleMeterRegistry(), clock), publicAtFirst, settings)
                .check(url);
        attach(job, url);
        jobs.cancel(job);

        sender(settings, publicAtFirst).run();

        assertThat(receiver.requests).isEmpty();
        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.PRIVATE_ADDRESS);
    }

    @Test
    void connectsToTheAddressThatItLookedAtUnderTheNameOfTheHost() {
        UUID job = worker.submit();
        attach(job, "http://hooks.example:%d/hook".formatted(receiver.port()));
        jobs.cancel(job);
        TargetAddresses addresses = new TargetAddresses(true, first("127.0.0.1", "127.0.0.2"));

        sender(settings(List.of(), true, LONG), addresses).run();

        assertThat(receiver.requests)
                .extracting(it -> it.header("Host"))
                .containsExactly("hooks.example:" + receiver.port());
    }

    @Test
    void saysThatNobodyKnowsAHost() {
        UUID job = worker.submit();
        attach(job, "http://nowhere.example/hook");
        jobs.cancel(job);
        TargetAddresses nobody = new TargetAddresses(true, host -> {
            throw new UnknownHostException(host);
        });

        sender(settings(List.of(), true, LONG), nobody).run();

        assertThat(only(job).attempts().error()).isEqualTo(DeliveryError.UNKNOWN_HOST);
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
                new Endpoint(receiver.url() + "/all", List.of(one, other), Set.copyOf(EventTypes.ALL)),
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

    @Test
    void leavesAReceiverAloneThatIsGoneUntilARedeliverySucceeds() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        receiver.answer(410);
        jobs.cancel(job);
        WebhookSender sender = sender();
        sender.run();
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.DISABLED);
        assertThat(only(job).attempts().next()).isNull();

        cancelAnother();
        sender.run();
        assertThat(receiver.requests).hasSize(1);

        webhooks(clock).redeliver(only(job).id());
        sender.run();
        cancelAnother();
        sender.run();
        assertThat(receiver.requests).hasSize(3);
    }

    @Test
    void leavesAloneWhatWasStillToBeSentToAReceiverThatIsGone() {
        UUID waiting = worker.submit();
        attach(waiting, receiver.url());
        receiver.answer(500);
        jobs.cancel(waiting);
        WebhookSender sender = sender();
        sender.run();
        assertThat(only(waiting).status()).isEqualTo(DeliveryStatus.PENDING);

        receiver.answer(410);
        cancelAnother();
        sender.run();

        assertThat(only(waiting).status()).isEqualTo(DeliveryStatus.DISABLED);
        assertThat(only(waiting).attempts().next()).isNull();
    }

    private void cancelAnother() {
        UUID another = worker.submit();
        attach(another, receiver.url());
        jobs.cancel(another);
    }

    @Test
    void sendsOnceWhatTwoProcessesFindAndAgainWhereOneWasLost() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);
        fanOut(settings(List.of(), true, LONG)).run();
        Deliveries deliveries = new Deliveries(jdbc, new SimpleMeterRegistry(), clock);

        assertThat(deliveries.claim(10, Duration.ofMinutes(1))).hasSize(1);
        assertThat(deliveries.claim(10, Duration.ofMinutes(1))).isEmpty();
        clock.pass(Duration.ofMinutes(1));
        assertThat(deliveries.claim(10, Duration.ofMinutes(1))).hasSize(1);
    }

    @Test
    void deliversOnceMoreWhatIsWantedAgain() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);
        WebhookSender sender = sender();
        sender.run();

        Delivery again = webhooks(clock).redeliver(only(job).id());
        assertThat(again.status()).isEqualTo(DeliveryStatus.PENDING);
        sender.run();

        assertThat(receiver.requests).hasSize(2);
        assertThat(receiver.requests)
                .extracting(it -> it.header("webhook-id"))
                .containsOnly(again.id().toString());
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }

    @Test
    void doesNotForgetARedeliveryThatIsWantedWhileItIsSent() {
        UUID job = worker.submit();
        attach(job, receiver.url());
        jobs.cancel(job);
        receiver.meanwhile(() -> webhooks(clock).redeliver(only(job).id()));
        WebhookSender sender = sender();

        sender.run();
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.PENDING);
        sender.run();

        assertThat(receiver.requests).hasSize(2);
        assertThat(only(job).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }

    @Test
    void goesOnWithTheOthersWhereOneEventCannotBePrepared() {
        UUID broken = worker.submit();
        UUID whole = worker.submit();
        attach(broken, receiver.url());
        attach(whole, receiver.url());
        jobs.cancel(broken);
        jobs.cancel(whole);
        EventBodies failing = id -> {
            if (id.equals(broken)) {
                throw new IllegalStateException("cannot be told");
            }
            return bodies.job(id);
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

    private void attach(UUID job, String url) {
        transactions.executeWithoutResult(status -> webhooks.attach(job, url));
    }

    private Delivery only(UUID job) {
        List<Delivery> deliveries = webhooks.deliveries(job);
        assertThat(deliveries).hasSize(1);
        return deliveries.get(0);
    }

    private WebhookSender sender() {
        return sender(settings(List.of(), true, LONG));
    }

    private WebhookSender sender(WebhookSettings settings) {
        return sender(settings, new TargetAddresses(settings.allowPrivate(), InetAddress::getAllByName));
    }

    /** Sends in the thread that runs it. */
    private WebhookSender sender(WebhookSettings settings, TargetAddresses addresses) {
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

    private EventFanOut fanOut(WebhookSettings settings) {
        return new EventFanOut(jdbc, transactions, bodies, json, settings, clock);
    }

    private WebhookSecrets secrets() {
        return new WebhookSecrets(jdbc, settings(List.of(), true, LONG), clock);
    }

    private JobWebhooks webhooks(MovableClock clock) {
        WebhookSettings settings = settings(List.of(), true, LONG);
        return new JobWebhooks(
                jdbc,
                new Deliveries(jdbc, new SimpleMeterRegistry(), clock),
                new TargetAddresses(true, InetAddress::getAllByName),
                settings);
    }

    private static WebhookSettings settings(List<Endpoint> endpoints, boolean allowPrivate, Duration timeout) {
        Duration day = Duration.ofHours(24);
        return new WebhookSettings(endpoints, allowPrivate, Duration.ofDays(1), timeout, day, day, null, 4);
    }

    /** A name server that answers the first question differently from all others. */
    private static TargetAddresses.Resolver first(String address, String others) {
        List<String> asked = new ArrayList<>();
        return host -> {
            asked.add(host);
            return new InetAddress[] {InetAddress.getByName(asked.size() == 1 ? address : others)};
        };
    }

    /** Answers a byte at a time and never comes to an end. */
    private static final class DrippingServer implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> dripping = CompletableFuture.runAsync(this::drip);

        DrippingServer() throws IOException {}

        int port() {
            return server.getLocalPort();
        }

        private void drip() {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                socket.setSoTimeout(50);
                while (!server.isClosed()) {
                    socket.getOutputStream().write('x');
                    readOrTimeOut(in);
                }
            } catch (IOException e) {
                // The client has gone.
            }
        }

        private static void readOrTimeOut(InputStream in) throws IOException {
            try {
                in.transferTo(OutputStream.nullOutputStream());
                throw new IOException("the client has gone");
            } catch (SocketTimeoutException e) {
                // Time for the next byte.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            dripping.join();
        }
    }
}
