package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class WorkerSupervisorTests {

    private final AtomicLong kills = new AtomicLong(3);
    private final List<UUID> started = new CopyOnWriteArrayList<>();
    private final List<UUID> killedForMemory = new CopyOnWriteArrayList<>();
    private WorkerSupervisor supervisor = supervising("exec sleep 1000", Duration.ofSeconds(10));

    @TempDir
    Path logs;

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
    void startsItsWorkerBeforeTheOtherBeans() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("server", Long.class, () -> awaitChild().pid());
            context.registerBean(WorkerSupervisor.class, () -> supervisor);
            context.refresh();

            assertThat(awaitChild().pid()).isEqualTo(context.getBean(Long.class));
            assertThat(started).hasSize(1);
        }
    }

    @Test
    void endsItsWorkerIfTheRestOfTheProcessFailsToStart() {
        AtomicReference<ProcessHandle> worker = new AtomicReference<>();
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean("server", String.class, () -> {
            worker.set(awaitChild());
            throw new IllegalStateException("the port is in use");
        });
        context.registerBean(WorkerSupervisor.class, () -> supervisor);

        assertThatExceptionOfType(BeanCreationException.class).isThrownBy(context::refresh);

        assertThat(Objects.requireNonNull(worker.get()).isAlive()).isFalse();
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
                WorkerSupervisorTests::console,
                settings(Duration.ofSeconds(10)),
                kills::get,
                killedForMemory::add);

        supervisor.start();

        awaitChild();
        assertThat(tries).hasValue(2);
    }

    /** Together with at most 33 lines of progress and seven lines of the start, these must stay below 60 lines. */
    @Test
    void warningsOfEachConvolutionKeepTheConsoleReadable(CapturedOutput output) throws Exception {
        Path file = logs.resolve("worker.log");
        supervisor = supervising("""
                i=0; while [ $i -lt 1000 ]; do i=$((i+1))
                  echo "[W1130 05:36:01.$i NNPACK.cpp:56] Could not initialize NNPACK! Reason: Unsupported hardware."
                done
                echo 'Exception in thread "engine" java.lang.IllegalStateException: no engine' >&2
                seq 200 | sed 's/.*/\tat dev.likeness.Engine.run(Engine.java:&)/' >&2
                printf '\036{"level":"ERROR","logger":"dev.likeness.Jobs","message":"job 7 has failed",'
                printf '"error":"java.io.IOException: no file","context":{}}\n'
                exec sleep 1000
                """, Duration.ofSeconds(10), () -> new WorkerConsole(file, false, Clock.systemUTC()));

        supervisor.start();
        await().until(() -> output.getOut().contains("job 7 has failed"));
        supervisor.stop();

        assertThat(output.getOut().lines())
                .hasSize(5)
                // The log pattern decides what is between them. With Spring it is another pattern.
                .anyMatch(line -> line.contains("ERROR ")
                        && line.contains("dev.likeness.Jobs")
                        && line.endsWith("job 7 has failed: java.io.IOException: no file (with its stack trace in %s)"
                                .formatted(file)))
                .anyMatch(line -> line.contains("999 times"));
        assertThat(file).content().hasLineCount(1201);
    }

    @Test
    void endsItsWorkerWithItself() {
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
    void waitsLongerEachTimeAWorkerFailsEarly() {
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
        return supervising(script, grace, WorkerSupervisorTests::console);
    }

    private WorkerSupervisor supervising(String script, Duration grace, Supplier<WorkerConsole> console) {
        return new WorkerSupervisor(
                id -> {
                    started.add(id);
                    return new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
                },
                console,
                settings(grace),
                kills::get,
                killedForMemory::add);
    }

    private static WorkerConsole console() {
        return new WorkerConsole(Path.of("logs", "worker.log"), false, Clock.systemUTC());
    }

    private static WorkerSettings settings(Duration grace) {
        return new WorkerSettings(
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
                grace,
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                null);
    }
}
