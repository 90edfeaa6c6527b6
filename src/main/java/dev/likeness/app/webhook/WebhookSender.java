package dev.likeness.app.webhook;

import dev.likeness.app.webhook.Deliveries.Claim;
import dev.likeness.app.webhook.Deliveries.Result;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Sends due deliveries. Several processes share the rows, and the first one to claim a delivery sends it. */
class WebhookSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final int GONE = 410;

    private final EventFanOut events;
    private final Deliveries deliveries;
    private final WebhookSecrets secrets;
    private final Line line;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Semaphore free;

    WebhookSender(
            EventFanOut events,
            Deliveries deliveries,
            WebhookSecrets secrets,
            Line line,
            WebhookSettings settings,
            Clock clock) {
        this.events = events;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.line = line;
        this.settings = settings;
        this.clock = clock;
        this.free = new Semaphore(settings.threads());
    }

    /** Claims no more than there are free threads. */
    @Scheduled(
            initialDelayString = "${likeness.webhooks.poll-interval:1s}",
            fixedDelayString = "${likeness.webhooks.poll-interval:1s}")
    void run() {
        try {
            events.run();
            List<Claim> claims = claim();
            claims.forEach(this::hand);
        } catch (RuntimeException e) {
            // Due deliveries stay due.
            log.warn("Due webhooks could not be read", e);
        }
    }

    private List<Claim> claim() {
        int threads = free.drainPermits();
        int taken = 0;
        try {
            // Longer than an attempt can take, including the resolution of the name.
            Duration patience = settings.timeout().multipliedBy(3).plusSeconds(30);
            List<Claim> claims = threads == 0 ? List.of() : deliveries.claim(threads, patience);
            taken = claims.size();
            return claims;
        } finally {
            free.release(threads - taken);
        }
    }

    private void hand(Claim claim) {
        line.threads().execute(() -> {
            try {
                deliver(claim);
            } catch (RuntimeException e) {
                // The result could not be stored, so the delivery is due again later.
                log.warn("The result of delivery {} could not be stored", claim.id(), e);
            } finally {
                free.release();
            }
        });
    }

    private void deliver(Claim claim) {
        Result result = attempt(claim);
        Integer code = result.responseCode();
        if (result.error() == null) {
            deliveries.settle(claim, DeliveryStatus.DELIVERED, result, null);
            return;
        }
        log.info("Delivery {} failed: {} {}", claim.id(), result.error(), code == null ? "" : code);
        Instant next = clock.instant().plus(line.backoff().after(claim.retries() + 1));
        if (code != null && code == GONE) {
            deliveries.settle(claim, DeliveryStatus.DISABLED, result, null);
        } else if (next.isAfter(claim.giveUpAt())) {
            deliveries.settle(claim, DeliveryStatus.FAILED, result, null);
        } else {
            deliveries.settle(claim, DeliveryStatus.PENDING, result, next);
        }
    }

    /** Any exception fails the attempt. */
    private Result attempt(Claim claim) {
        try {
            return line.client().post(claim.url(), headers(claim), claim.body());
        } catch (RuntimeException e) {
            log.warn("Delivery {} could not be sent", claim.id(), e);
            return new Result(null, DeliveryError.CONNECTION_FAILED);
        }
    }

    private Map<String, String> headers(Claim claim) {
        String id = claim.id().toString();
        long timestamp = clock.instant().getEpochSecond();
        String signatures = secrets(claim.url()).stream()
                .map(it -> it.sign(id, timestamp, claim.body()))
                .collect(Collectors.joining(" "));
        return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(timestamp), "webhook-signature", signatures);
    }

    /** The receiver's own secrets, if the operator has configured any. */
    private List<WebhookSecret> secrets(String url) {
        return settings.endpoints().stream()
                .filter(it -> it.url().equals(url) && !it.secrets().isEmpty())
                .findFirst()
                .map(it -> it.secrets().stream().map(WebhookSecret::parse).toList())
                .orElseGet(secrets::active);
    }

    /** Running attempts may end normally. */
    @Override
    public void close() throws IOException, InterruptedException {
        line.threads().shutdown();
        if (!line.threads().awaitTermination(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
            line.threads().shutdownNow();
        }
        line.client().close();
    }

    /** Sends a request. */
    record Line(WebhookClient client, ExecutorService threads, Backoff backoff) {}
}
