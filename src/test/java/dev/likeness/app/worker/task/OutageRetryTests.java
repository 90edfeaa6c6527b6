package dev.likeness.app.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.worker.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class OutageRetryTests {

    private final AtomicInteger tries = new AtomicInteger();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57P03"})
    void triesAgainWhileTheDatabaseIsAway(String state) {
        String answer = retry(Duration.ofSeconds(30)).get(() -> {
            if (tries.incrementAndGet() < 3) {
                throw new DataAccessResourceFailureException("away", new SQLException("away", state));
            }
            return "there";
        });

        assertThat(answer).isEqualTo("there");
        assertThat(tries).hasValue(3);
    }

    @Test
    void triesAgainWhenThePoolHasNoConnection() {
        retry(Duration.ofSeconds(30)).run(() -> {
            if (tries.incrementAndGet() < 2) {
                throw new CannotCreateTransactionException("away", new SQLTransientConnectionException("away"));
            }
        });

        assertThat(tries).hasValue(2);
    }

    @Test
    void triesAgainWhenTheConnectionBrokeBeforeTheRollback() {
        retry(Duration.ofSeconds(30)).run(() -> {
            if (tries.incrementAndGet() < 2) {
                throw new TransactionSystemException("no rollback", new SQLException("Connection is closed"));
            }
        });

        assertThat(tries).hasValue(2);
    }

    @Test
    void leavesItToTheOwnerOfTheTransaction() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> retry(Duration.ofSeconds(30)).run(() -> {
                        tries.incrementAndGet();
                        throw new DataAccessResourceFailureException("away", new SQLException("away", "08006"));
                    }));
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
        }

        assertThat(tries).hasValue(1);
    }

    @Test
    void passesOnErrorsOfTheDatabase() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> retry(Duration.ofSeconds(30)).run(() -> {
                    tries.incrementAndGet();
                    throw new DataIntegrityViolationException("no", new SQLException("duplicate key", "23505"));
                }));

        assertThat(tries).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"NOT_WRITTEN", "NOT_READ"})
    void triesAgainWhileTheStoreIsAway(Reason reason) {
        retry(Duration.ofSeconds(30)).run(() -> {
            if (tries.incrementAndGet() < 3) {
                throw new StorageException(reason, "away", null);
            }
        });

        assertThat(tries).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"MISSING", "CORRUPT"})
    void passesOnTheErrorOfALostFile(Reason reason) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> retry(Duration.ofSeconds(30)).run(() -> {
                    tries.incrementAndGet();
                    throw new StorageException(reason, "lost", null);
                }));

        assertThat(tries).hasValue(1);
    }

    @Test
    void givesUpAfterItsLimit() {
        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> retry(Duration.ZERO).run(() -> {
                    throw new DataAccessResourceFailureException("away", new SQLException("away", "08006"));
                }));
    }

    @Test
    void stopsWaitingWhenItsThreadIsInterrupted() {
        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> retry(Duration.ofSeconds(30)).run(() -> {
                    tries.incrementAndGet();
                    Thread.currentThread().interrupt();
                    throw new DataAccessResourceFailureException("away", new SQLException("away", "08006"));
                }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tries).hasValue(1);
    }

    @Test
    void countsTheTimeOfAnOutageByDependency() {
        retry(Duration.ofSeconds(30)).run(() -> {
            if (tries.incrementAndGet() < 2) {
                throw new StorageException(Reason.NOT_READ, "away", null);
            }
        });

        assertThat(waited("store")).isBetween(0.5, 20.0);
        assertThat(waited("database")).isZero();
    }

    private double waited(String dependency) {
        return meters.get("likeness.outage.wait")
                .tag("dependency", dependency)
                .counter()
                .count();
    }

    private OutageRetry retry(Duration limit) {
        return new OutageRetry(
                new WorkerSettings(
                        "cpu",
                        0,
                        null,
                        null,
                        true,
                        Path.of("logs"),
                        null,
                        List.of(),
                        true,
                        false,
                        null,
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(250),
                        limit,
                        limit,
                        null),
                meters);
    }
}
