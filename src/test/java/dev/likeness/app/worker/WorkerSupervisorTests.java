package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerSupervisorTests {

    private WorkerSupervisor supervisor = supervising("exec sleep 1000", Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void replacesAWorkerThatDies() {
        supervisor.start();
        ProcessHandle first = awaitChild();

        first.destroyForcibly();

        await().until(() -> awaitChild().pid() != first.pid());
    }

    @Test
    void triesAgainWhenNoCommandCouldBeMade() {
        AtomicInteger tries = new AtomicInteger();
        supervisor = new WorkerSupervisor(
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("a setting cannot be resolved");
                    }
                    return new ProcessBuilder("sleep", "1000");
                },
                settings(Duration.ofSeconds(10)));

        supervisor.start();

        awaitChild();
        assertThat(tries).hasValue(2);
    }

    @Test
    void takesItsWorkerAlong() {
        supervisor.start();
        ProcessHandle worker = awaitChild();

        supervisor.stop();

        assertThat(worker.isAlive()).isFalse();
        await().during(Duration.ofSeconds(1))
                .until(() -> ProcessHandle.current().children().noneMatch(this::sleeps));
    }

    @Test
    void killsAWorkerThatDoesNotEnd() {
        supervisor = supervising("trap '' TERM; exec sleep 1000", Duration.ofMillis(300));
        supervisor.start();
        ProcessHandle worker = awaitChild();

        supervisor.stop();

        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void waitsLongerEachTimeAWorkerDiesYoung() {
        RestartPause pause = new RestartPause();
        Duration young = Duration.ofSeconds(2);

        assertThat(List.of(pause.after(young), pause.after(young), pause.after(young)))
                .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            assertThat(pause.after(young)).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
        assertThat(pause.after(Duration.ofMinutes(5))).isEqualTo(Duration.ofMillis(500));
    }

    private ProcessHandle awaitChild() {
        return await().atMost(10, TimeUnit.SECONDS)
                .until(
                        () -> ProcessHandle.current()
                                .children()
                                .filter(this::sleeps)
                                .findFirst()
                                .orElse(null),
                        child -> child != null);
    }

    private boolean sleeps(ProcessHandle child) {
        return child.isAlive() && child.info().command().orElse("").endsWith("sleep");
    }

    private static WorkerSupervisor supervising(String script, Duration grace) {
        return new WorkerSupervisor(() -> new ProcessBuilder("sh", "-c", script), settings(grace));
    }

    private static WorkerSettings settings(Duration grace) {
        return new WorkerSettings(
                "cpu",
                0,
                null,
                Path.of("logs"),
                List.of(),
                false,
                grace,
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                Duration.ofMinutes(2));
    }
}
