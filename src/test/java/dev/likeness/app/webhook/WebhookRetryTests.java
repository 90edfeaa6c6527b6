package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.webhook.StubReceiver.Received;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a delivery is tried again, when it is given up, and how a client asks for it once more. */
class WebhookRetryTests extends WebhookTest {

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

    private void cancelAnother() {
        UUID another = worker.submit();
        attach(another, receiver.url());
        jobs.cancel(another);
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
