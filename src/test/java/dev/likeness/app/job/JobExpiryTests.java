package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestHome;
import dev.likeness.app.TestWorker;
import dev.likeness.app.generation.Generation;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.task.UnknownIdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Jobs of these tests are kept for 30 days. */
@ApiTest
class JobExpiryTests {

    @Autowired
    TestWorker worker;

    @Autowired
    Jobs jobs;

    @Autowired
    List<JobUse> uses;

    @Autowired
    Generations generations;

    @Autowired
    TestDatabase database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JsonMapper json;

    @BeforeEach
    void forgetJobsOfOtherTests() {
        database.jobs().keepAll();
    }

    @Test
    void deletesAJobWithItsFilesWhenItsTimeIsOver() throws IOException {
        Set<Path> before = files();
        UUID id = worker.submit();
        worker.work(id);
        Set<Path> with = files();
        Instant completed = Objects.requireNonNull(jobs.get(id).completedAt());

        assertThat(jobs.get(id).expiresAt()).isEqualTo(completed.plus(Duration.ofDays(30)));
        sweep(completed.plus(Duration.ofDays(30)).minusMillis(1));
        assertThat(files()).isEqualTo(with).hasSizeGreaterThan(before.size());

        sweep(completed.plus(Duration.ofDays(30)));

        assertThatExceptionOfType(UnknownIdException.class).isThrownBy(() -> jobs.get(id));
        await().untilAsserted(() -> assertThat(files()).isEqualTo(before));
        assertThat(database.jobs().parts(id)).isZero();
    }

    @Test
    void leavesAJobThatIsNotOver() {
        UUID id = worker.submit();

        sweep(Instant.now().plus(Duration.ofDays(3000)));

        assertThat(jobs.get(id).expiresAt()).isNull();
    }

    @Test
    void keepsAJobForAGenerationThatIsNotFinished() {
        UUID id = finished("{}");
        Generation generation = generations.submit(id, json.createObjectNode());

        sweep(later());
        assertThat(jobs.get(id).expiresAt()).isNotNull();

        generations.cancel(generation.id());
        sweep(later());
        assertThat(database.jobs().exists(id)).isFalse();
    }

    @Test
    void keepsAJobForOneThatIsTrainedOnTopOfIt() {
        UUID base = finished("{}");
        UUID top = worker.submit("{\"base_job_id\": \"%s\"}".formatted(base));

        sweep(later());
        assertThat(database.jobs().exists(base)).isTrue();

        jobs.cancel(top);
        sweep(later());
        assertThat(database.jobs().exists(top)).isFalse();
        assertThat(database.jobs().exists(base)).isFalse();
    }

    @Test
    void passesOverAJobThatAnotherProcessIsDeleting() {
        UUID id = finished("{}");

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            database.jobs().lock(id);
            Thread other = new Thread(() -> sweep(later()));
            other.start();
            try {
                // Completes while the row is locked.
                other.join(Duration.ofMinutes(1).toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(other.isAlive()).isFalse();
        });

        assertThat(database.jobs().exists(id)).isTrue();
    }

    private UUID finished(String spec) {
        UUID id = worker.submit(spec);
        worker.work(id);
        return id;
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofDays(31));
    }

    private void sweep(Instant now) {
        new JobExpiry(jobs, uses, jdbc, transactions, Clock.fixed(now, ZoneOffset.UTC)).sweep();
    }

    private static Set<Path> files() throws IOException {
        Path folder = TestHome.path(TestHome.API).resolve("artifacts");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
