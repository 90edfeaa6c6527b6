package dev.likeness.app.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps one worker process alive as long as this process is: starts it last, starts it again when it dies, and stops it
 * first.
 */
@Component
@InRole(Role.ALL)
class WorkerSupervisor implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkerSupervisor.class);

    private final Supplier<ProcessBuilder> command;
    private final WorkerSettings settings;
    private @Nullable Process worker;
    private @Nullable Thread keeper;
    private volatile boolean running;

    @Autowired
    WorkerSupervisor(
            ApplicationContext context, ConfigurableEnvironment environment, WorkerSettings settings, JsonMapper json) {
        this(new WorkerCommand(context, environment, settings, json)::build, settings);
    }

    WorkerSupervisor(Supplier<ProcessBuilder> command, WorkerSettings settings) {
        this.command = command;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        running = true;
        Thread thread = new Thread(this::keepAlive, "worker-supervisor");
        thread.setDaemon(true);
        thread.start();
        keeper = thread;
    }

    private void keepAlive() {
        RestartPause pause = new RestartPause();
        try {
            while (running) {
                long start = System.nanoTime();
                int status = runWorker();
                Duration lived = Duration.ofNanos(System.nanoTime() - start);
                if (running) {
                    Duration wait = pause.after(lived);
                    log.warn("The worker has ended with status {} after {}: next one in {}", status, lived, wait);
                    TimeUnit.MILLISECONDS.sleep(wait.toMillis());
                }
            }
        } catch (InterruptedException e) {
            log.debug("No longer keeping a worker");
        }
    }

    private int runWorker() throws InterruptedException {
        Process process = startWorker();
        if (process == null) {
            return -1;
        }
        relay(process);
        return process.waitFor();
    }

    private synchronized @Nullable Process startWorker() {
        if (!running) {
            return null;
        }
        try {
            Process process = command.get().start();
            log.info("Worker process {} started; its log is in {}", process.pid(), settings.logs());
            worker = process;
            return process;
        } catch (IOException | RuntimeException e) {
            // Nobody else would try again.
            log.error("No worker could be started", e);
            return null;
        }
    }

    /** What the worker says on its console are its warnings. Ends when the worker does. */
    private static void relay(Process process) {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(line -> log.warn("worker: {}", line));
        } catch (IOException | UncheckedIOException e) {
            log.debug("The worker's output has ended", e);
        }
    }

    /** Lets the worker save its work and give its task back. */
    @Override
    public void stop() {
        Process process;
        synchronized (this) {
            running = false;
            process = worker;
        }
        try {
            if (process != null && process.isAlive()) {
                // Through the handle: Process#destroy would also close its input, as if we had died.
                process.toHandle().destroy();
                if (!process.waitFor(settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("The worker did not end within {}: killing it", settings.grace());
                    process.destroyForcibly().waitFor();
                }
            }
            if (keeper != null) {
                keeper.interrupt();
                keeper.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
