package dev.likeness.app.worker;

import dev.likeness.app.job.JobEngine;
import dev.likeness.app.task.EngineCheckOutcome;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.EngineCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Checks the engine's results before the other parts of a worker start. If they are wrong, the worker restarts once
 * with a safer setting, if there is one. Otherwise the worker keeps running, reports the finding and takes no tasks. A
 * check that could not run is repeated later.
 */
@InWorker
@Component
public class EngineSelfCheck implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EngineSelfCheck.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final DiffusionEngine engine;
    private final WorkerSettings settings;
    private final ThreadFactory threads;
    private final SaferStart safer;
    private final Later later;
    private volatile Verdict verdict = Verdict.UNKNOWN;
    private volatile boolean running;

    EngineSelfCheck(
            DiffusionEngine engine,
            WorkerSettings settings,
            ThreadFactory engineThreads,
            SaferStart safer,
            Later later,
            MeterRegistry meters) {
        this.engine = engine;
        this.settings = settings;
        this.threads = engineThreads;
        this.safer = safer;
        this.later = later;
        for (EngineCheckOutcome outcome : EngineCheckOutcome.values()) {
            Gauge.builder("likeness.worker.engine.check", () -> verdict.outcome() == outcome ? 1 : 0)
                    .description("1 for the result of the engine's self-check, 0 for the other results")
                    .tag("outcome", outcome.wire())
                    .register(meters);
        }
    }

    /** Runs something later. */
    @FunctionalInterface
    interface Later {
        void run(Runnable task, Duration pause);
    }

    /** @param summary what was compared, or what is wrong, in one line; null without a check */
    record Verdict(EngineCheckOutcome outcome, @Nullable String summary) {

        static final Verdict UNKNOWN = new Verdict(EngineCheckOutcome.UNKNOWN, null);

        boolean allowsWork() {
            return outcome == EngineCheckOutcome.SKIPPED || outcome == EngineCheckOutcome.PASSED;
        }
    }

    Verdict verdict() {
        return verdict;
    }

    /** The safer setting in use; null without one. */
    @Nullable
    String setting() {
        return safer.inForce(settings.device());
    }

    /** The engine as part of a job. */
    public JobEngine ofJobs() {
        return new JobEngine(verdict.summary(), WorkerIdentity.version(), setting());
    }

    @Override
    public void start() {
        running = true;
        if (!settings.selfCheck()) {
            log.warn("The engine is not checked: likeness.worker.self-check is false");
            verdict = new Verdict(EngineCheckOutcome.SKIPPED, null);
            return;
        }
        look(FIRST_PAUSE);
    }

    /** @param pause until the next attempt, if the engine cannot be checked now */
    private void look(Duration pause) {
        FutureTask<EngineCheck> task = new FutureTask<>(engine::check);
        threads.newThread(task).start();
        try {
            judge(task.get(), pause);
        } catch (ExecutionException e) {
            log.warn("The engine's self-check could not run", e.getCause());
            lookLater("the self-check could not run: " + e.getCause(), pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the engine's self-check", e);
        }
    }

    private void judge(EngineCheck check, Duration pause) {
        if (check.passed()) {
            log.info(
                    "The engine passed its self-check{}: {} ({} ms)",
                    setting() == null ? "" : " with " + setting(),
                    check.summary(),
                    check.took().toMillis());
            verdict = new Verdict(EngineCheckOutcome.PASSED, check.summary());
        } else if (check.differs()) {
            if (check.differsOnDeviceOnly()) {
                restart(check);
            }
            log.error(
                    "This worker takes no tasks, because its engine failed the self-check{}: {}. Report this"
                            + " line with the processor (lscpu) or GPU, and run the worker on another machine:"
                            + " src/docs/observability.md, \"Engines that fail their self-check\"",
                    setting() == null ? "" : " even with " + setting(),
                    check.summary());
            verdict = new Verdict(EngineCheckOutcome.FAILED, check.summary());
        } else {
            lookLater("the engine cannot be checked: " + check.summary(), pause);
        }
    }

    private void lookLater(String why, Duration pause) {
        verdict = new Verdict(EngineCheckOutcome.FAILED, why);
        log.warn(
                "This worker takes no tasks yet: {}. If memory or disk"
                        + " space is short, free some. The next check is in {} s",
                why,
                pause.toSeconds());
        Duration doubled = pause.multipliedBy(2);
        Duration next = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        later.run(
                () -> {
                    if (running) {
                        look(next);
                    }
                },
                pause);
    }

    /** Returns if the process continues unchanged. */
    private void restart(EngineCheck found) {
        if (!safer.isPossible(settings.device())) {
            return;
        }
        log.warn(
                "The engine failed its self-check: {}. Restarting with {}={}, which is slower",
                found.summary(),
                SaferStart.VARIABLE,
                SaferStart.VALUE);
        try {
            safer.begin();
        } catch (IOException | RuntimeException | LinkageError e) {
            log.warn(
                    "This process cannot restart itself. Start it with {}={}",
                    SaferStart.VARIABLE,
                    SaferStart.VALUE,
                    e);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the endpoints that show the result, and before the worker registers itself and takes tasks. */
    @Override
    public int getPhase() {
        return -1;
    }
}
