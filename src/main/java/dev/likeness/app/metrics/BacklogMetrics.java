package dev.likeness.app.metrics;

import dev.likeness.app.metrics.Backlog.Part;
import dev.likeness.app.spec.MethodName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Metrics of the backlog. They are read from the database at an interval, not at every scrape. */
@Component
@ConditionalOnWebApplication
class BacklogMetrics {

    private static final Logger log = LoggerFactory.getLogger(BacklogMetrics.class);

    private static final String NO_METHOD = "none";

    private static final int ROUNDS = 4;

    private final JdbcClient jdbc;
    private final Duration every;
    private final Clock clock;
    private volatile @Nullable Backlog last;

    BacklogMetrics(
            JdbcClient jdbc,
            MeterRegistry meters,
            @Value("${likeness.metrics.every:15s}") Duration every,
            Clock clock) {
        this.jdbc = jdbc;
        this.every = every;
        this.clock = clock;
        MethodName.NAMES.forEach(method -> tasks(meters, "job", method));
        List.of("generation", "captions", "evaluation").forEach(kind -> tasks(meters, kind, NO_METHOD));
        gauge("likeness.workers", "Workers with a recent heartbeat that take tasks", it -> it.count(Part.WORKERS))
                .register(meters);
        gauge(
                        "likeness.workers.refusing",
                        "Workers whose engine did not pass the self-check",
                        it -> it.count(Part.REFUSING))
                .register(meters);
        gauge("likeness.webhook.pending", "Pending webhook deliveries", it -> it.count(Part.WEBHOOKS))
                .register(meters);
        gauge("likeness.webhook.oldest", "Age of the oldest pending webhook delivery", it -> it.age(Part.WEBHOOKS))
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("likeness.database.up", () -> present() == null ? 0 : 1)
                .description("Whether the database could be read")
                .register(meters);
    }

    private void tasks(MeterRegistry meters, String kind, String method) {
        Tags tags = Tags.of("kind", kind, "method", method);
        Part waiting = new Part(kind, method, true);
        Part running = new Part(kind, method, false);
        gauge("likeness.queue.depth", "Tasks that wait for a worker", it -> it.count(waiting))
                .tags(tags)
                .register(meters);
        gauge("likeness.queue.oldest", "Longest time that a task has waited", it -> it.age(waiting))
                .baseUnit("seconds")
                .tags(tags)
                .register(meters);
        gauge("likeness.queue.running", "Tasks that run on a worker", it -> it.count(running))
                .tags(tags)
                .register(meters);
    }

    private Gauge.Builder<BacklogMetrics> gauge(String name, String description, ToDoubleFunction<Backlog> figure) {
        return Gauge.builder(name, this, it -> it.figure(figure)).description(description);
    }

    /** Null while it is unknown. A result that is several rounds old means that the database hangs. */
    @Nullable
    Backlog present() {
        Backlog backlog = last;
        return backlog == null || backlog.at().plus(every.multipliedBy(ROUNDS)).isBefore(clock.instant())
                ? null
                : backlog;
    }

    /** NaN while it is unknown. */
    private double figure(ToDoubleFunction<Backlog> figure) {
        Backlog backlog = present();
        return backlog == null ? Double.NaN : figure.applyAsDouble(backlog);
    }

    @Scheduled(fixedDelayString = "${likeness.metrics.every:15s}")
    void refresh() {
        try {
            last = Backlog.read(jdbc, clock.instant());
        } catch (RuntimeException e) {
            if (last != null) {
                log.warn("The queue could not be read: {}", e.toString());
            }
            last = null;
        }
    }
}
