package dev.likeness.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@ApiTest
class MetricsTests {

    private static final String DREAMBOOTH = "{kind=\"job\",method=\"dreambooth\"}";
    private static final String INVERSION = "{kind=\"job\",method=\"textual_inversion\"}";

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Autowired
    BacklogMetrics backlog;

    @Autowired
    HealthEndpoint health;

    @Autowired
    TestDatabase database;

    @Autowired
    DataSource source;

    @BeforeEach
    void takeJobsAway() {
        worker.clear();
    }

    /** Jobs would be planned for them. */
    @AfterEach
    void takeWorkersAway() {
        database.clear("worker");
    }

    @Test
    void showWhatWaitsAndRunsByMethod() {
        UUID waiting = UUID.fromString(api.submit(Api.owl()).at("/id"));
        worker.submit();
        progress.lease(worker.submit("{\"method\": \"textual_inversion\"}"));
        database.jobs().queueEarlier(waiting, Duration.ofMinutes(10));

        assertThat(figure("likeness_queue_depth" + DREAMBOOTH)).isEqualTo(2);
        assertThat(figure("likeness_queue_oldest_seconds" + DREAMBOOTH)).isCloseTo(600, Offset.offset(60.0));
        assertThat(figure("likeness_queue_running" + DREAMBOOTH)).isZero();
        assertThat(figure("likeness_queue_depth" + INVERSION)).isZero();
        assertThat(figure("likeness_queue_oldest_seconds" + INVERSION)).isZero();
        assertThat(figure("likeness_queue_running" + INVERSION)).isOne();
        assertThat(figure("likeness_database_up")).isOne();
    }

    @Test
    void showGenerationsThatWait() {
        UUID job = worker.submit();
        worker.work(job);
        api.post("/v1/jobs/%s/generations".formatted(job), "{}");

        assertThat(figure("likeness_queue_depth{kind=\"generation\",method=\"none\"}"))
                .isOne();
    }

    @Test
    void showWorkersThatWereSeenLately() {
        announce(Duration.ZERO);
        announce(Duration.ofSeconds(1));
        announce(Duration.ofMinutes(2));

        assertThat(figure("likeness_workers")).isEqualTo(2);
    }

    @Test
    void doNotCountAWorkerWhoseEngineFailsItsCheck() {
        UUID first = announce(Duration.ZERO);
        announce(Duration.ZERO);
        backlog.refresh();
        assertThat(health("workers")).isEqualTo(Status.UP);
        database.workers().failEngineCheck(first, "conv2d in fp32: NaN");

        assertThat(figure("likeness_workers")).isOne();
        assertThat(figure("likeness_workers_refusing")).isOne();
        assertThat(health("workers").getCode()).isEqualTo("DEGRADED");
        assertThat(health("workers").getDescription())
                .isEqualTo("1 of 2 workers take no tasks, because their engines did not pass the self-check:"
                        + " conv2d in fp32: NaN");
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health("readiness")).isEqualTo(Status.UP);
    }

    @Test
    void whatIsWrongIsTheFirstRefusingWorkersOrLeftOut() {
        List<UUID> ids = Stream.of(announce(Duration.ZERO), announce(Duration.ZERO))
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        // The order of starting is not that of the ids.
        UUID first = ids.get(1);
        UUID later = ids.get(0);
        database.workers().failEngineChecks();
        backlog.refresh();
        assertThat(health("workers").getDescription())
                .isEqualTo("2 of 2 workers take no tasks, because their engines did not pass the self-check");

        database.workers().failEngineCheck(later, "later");
        database.workers().start(later, Duration.ZERO);
        database.workers().failEngineCheck(first, "first");
        database.workers().start(first, Duration.ofHours(1));
        backlog.refresh();
        assertThat(health("workers").getDescription()).endsWith("the self-check: first");
    }

    private Status health(String part) {
        return Objects.requireNonNull(health.healthForPath(part)).getStatus();
    }

    private UUID announce(Duration ago) {
        UUID id = database.workers().register("cpu", 1, 0);
        database.workers().silence(id, ago);
        return id;
    }

    @Test
    void showHowLongWebhooksAreLate() {
        UUID job = worker.submit();
        database.webhooks().addEvent(job, Duration.ofHours(1));

        assertThat(figure("likeness_webhook_pending")).isOne();
        assertThat(figure("likeness_webhook_oldest_seconds")).isCloseTo(3600, Offset.offset(60.0));
    }

    @Test
    void countJobsByWhatBecameOfThem() {
        String succeeded = "likeness_jobs_completed_total{code=\"none\",status=\"succeeded\"}";
        String failed = "likeness_jobs_completed_total{code=\"nan_loss\",status=\"failed\"}";
        String canceled = "likeness_jobs_completed_total{code=\"none\",status=\"canceled\"}";
        double succeededBefore = figure(succeeded);
        double failedBefore = figure(failed);
        double canceledBefore = figure(canceled);

        worker.work(worker.submit());
        Lease lease = progress.lease(worker.submit()).orElseThrow().lease();
        progress.fail(lease, new Failure(ErrorCode.NAN_LOSS, "no number"));
        api.post("/v1/jobs/%s/cancel".formatted(worker.submit()));

        assertThat(figure(succeeded)).isEqualTo(succeededBefore + 1);
        assertThat(figure(failed)).isEqualTo(failedBefore + 1);
        assertThat(figure(canceled)).isEqualTo(canceledBefore + 1);
    }

    @Test
    void leaveOutProbesAndScrapes() {
        api.get("/v1/presets");
        scrape();

        assertThat(scrape())
                .containsPattern("http_server_requests_seconds_count\\{.*uri=\"/v1/presets\"")
                .contains("process_resident_memory_bytes ")
                .contains("disk_free_bytes{")
                .contains("hikaricp_connections_active{")
                .doesNotContain("/actuator");
    }

    @Test
    void sayWhenTheDatabaseIsAway() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Switch line = new Switch(source);
        BacklogMetrics metrics =
                new BacklogMetrics(JdbcClient.create(line), meters, Duration.ofMinutes(1), Clock.systemUTC());
        metrics.refresh();
        assertThat(meters.get("likeness.database.up").gauge().value()).isOne();

        line.broken = true;
        metrics.refresh();

        assertThat(meters.get("likeness.database.up").gauge().value()).isZero();
        assertThat(meters.get("likeness.workers").gauge().value()).isNaN();
    }

    @Test
    void sayWhenTheDatabaseHasNotAnsweredForLong() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        InstantSource time = now::get;
        BacklogMetrics metrics = new BacklogMetrics(
                JdbcClient.create(source), meters, Duration.ofMinutes(1), time.withZone(ZoneOffset.UTC));
        metrics.refresh();
        now.updateAndGet(it -> it.plus(Duration.ofMinutes(3)));
        assertThat(meters.get("likeness.database.up").gauge().value()).isOne();

        now.updateAndGet(it -> it.plus(Duration.ofMinutes(2)));

        assertThat(meters.get("likeness.database.up").gauge().value()).isZero();
        assertThat(meters.get("likeness.workers").gauge().value()).isNaN();
    }

    private double figure(String series) {
        backlog.refresh();
        return scrape().lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + series));
    }

    private String scrape() {
        return api.get("/actuator/prometheus").text();
    }

    /** A database that goes away. */
    private static final class Switch extends DelegatingDataSource {

        private boolean broken;

        Switch(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (broken) {
                throw new SQLException("away");
            }
            return super.getConnection();
        }
    }
}
