package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerSupervisorTests {

    private final AtomicLong kills = new AtomicLong(3);
    private final List<UUID> started = new CopyOnWriteArrayList<>();
    private final List<UUID> killedForMemory = new CopyOnWriteArrayList<>();
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
                id -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("a setting cannot be resolved");
                    }
                    return new ProcessBuilder("sleep", "1000");
                },
                settings(Duration.ofSeconds(10)),
                kills::get,
                killedForMemory::add);

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

    @Test
    void tellsAKillForMemoryFromOtherDeaths() {
        supervisor.start();
        long first = awaitChild().pid();
        kill(first);
        await().until(() -> awaitChild().pid() != first);
        assertThat(killedForMemory).isEmpty();

        long second = awaitChild().pid();
        kills.incrementAndGet();
        kill(second);
        await().until(() -> awaitChild().pid() != second);

        assertThat(killedForMemory).containsExactly(started.get(1));
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private WorkerSupervisor supervising(String script, Duration grace) {
        return new WorkerSupervisor(
                id -> {
                    started.add(id);
                    return new ProcessBuilder("sh", "-c", script);
                },
                settings(grace),
                kills::get,
                killedForMemory::add);
    }

    private static WorkerSettings settings(Duration grace) {
        return new WorkerSettings(
                "cpu",
                0,
                null,
                null,
                Path.of("logs"),
                null,
                List.of(),
                false,
                null,
                grace,
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                null);
    }
}
