package dev.likeness.app.worker;

import dev.likeness.app.job.JobEngine;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.EngineCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks the engine whether it computes right before anything else of a worker starts. If it does not, the worker starts again with
 * a safer setting, once and where there is one; with none left it lives on, announces what was found, and takes no task.
 */
@InWorker
@Component
class EngineSelfCheck implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EngineSelfCheck.class);

    private final DiffusionEngine engine;
    private final WorkerSettings settings;
    private final ThreadFactory threads;
    private final SaferStart safer;
    private volatile Verdict verdict = Verdict.UNKNOWN;
    private volatile boolean running;

    EngineSelfCheck(
            DiffusionEngine engine,
            WorkerSettings settings,
            ThreadFactory engineThreads,
            SaferStart safer,
            MeterRegistry meters) {
        this.engine = engine;
        this.settings = settings;
        this.threads = engineThreads;
        this.safer = safer;
        for (Outcome outcome : Outcome.values()) {
            Gauge.builder("likeness.worker.engine.check", () -> verdict.outcome() == outcome ? 1 : 0)
                    .description("Whether this is what checking the engine has shown")
                    .tag("outcome", outcome.wire())
                    .register(meters);
        }
    }

    /** What is known of the engine. */
    enum Outcome {
        UNKNOWN,
        /** Nobody asked, as the settings wanted it. */
        SKIPPED,
        PASSED,
        FAILED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param summary what was compared, or what is wrong, in one line; null if nobody looked */
    record Verdict(Outcome outcome, @Nullable String summary) {

        static final Verdict UNKNOWN = new Verdict(Outcome.UNKNOWN, null);

        boolean allowsWork() {
            return outcome == Outcome.SKIPPED || outcome == Outcome.PASSED;
        }
    }

    Verdict verdict() {
        return verdict;
    }

    /** The safer setting that is in force; null if none is. */
    @Nullable
    String setting() {
        return safer.inForce(settings.device());
    }

    /** As jobs say it. */
    JobEngine ofJobs() {
        return new JobEngine(verdict.summary(), WorkerIdentity.version(), setting());
    }

    @Override
    public void start() {
        running = true;
        if (!settings.selfCheck()) {
            log.warn("Nobody checks whether the engine computes right: likeness.worker.self-check is false");
            verdict = new Verdict(Outcome.SKIPPED, null);
            return;
        }
        Verdict found = check();
        if (!found.allowsWork()) {
            restart(found);
            log.error(
                    "This worker takes no task, as its engine computes wrongly{}: {}",
                    setting() == null ? "" : " even with " + setting(),
                    found.summary());
        }
        verdict = found;
    }

    private Verdict check() {
        FutureTask<EngineCheck> task = new FutureTask<>(engine::check);
        threads.newThread(task).start();
        try {
            EngineCheck check = task.get();
            if (check.passed()) {
                log.info(
                        "The engine computes right{}: {} (checked in {} ms)",
                        setting() == null ? "" : " with " + setting(),
                        check.summary(),
                        check.took().toMillis());
            }
            return new Verdict(check.passed() ? Outcome.PASSED : Outcome.FAILED, check.summary());
        } catch (ExecutionException e) {
            log.warn("The check of the engine has failed itself", e.getCause());
            return new Verdict(Outcome.FAILED, "the check failed itself: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the engine was checked", e);
        }
    }

    /** Returns if the process goes on as it is. */
    private void restart(Verdict found) {
        if (!safer.isPossible(settings.device())) {
            return;
        }
        log.warn(
                "The engine computes wrongly: {}. Starting again with {}={}, which is slower",
                found.summary(),
                SaferStart.VARIABLE,
                SaferStart.VALUE);
        try {
            safer.begin();
        } catch (IOException | RuntimeException | LinkageError e) {
            log.warn(
                    "This process cannot be started again; start it with {}={}",
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

    /** Before the endpoints that tell of it, and long before the worker announces itself and takes tasks. */
    @Override
    public int getPhase() {
        return -1;
    }
}
