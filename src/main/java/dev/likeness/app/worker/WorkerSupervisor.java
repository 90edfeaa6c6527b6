package dev.likeness.app.worker;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps one worker process running while this process runs: starts it as soon as the database is ready, beside the rest
 * of this process, restarts it when it ends, and stops it first.
 */
@Component
@InRole(Role.ALL)
class WorkerSupervisor implements SmartLifecycle, BeanFactoryInitializer<ListableBeanFactory>, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(WorkerSupervisor.class);

    /** The JVM's exit status of a process that SIGKILL ended: 128 plus the signal's number. */
    private static final int KILLED = 137;

    private final Function<UUID, ProcessBuilder> command;
    private final Supplier<WorkerConsole> console;
    private final WorkerSettings settings;
    private final LongSupplier kills;
    private final Consumer<UUID> killedForMemory;
    private @Nullable Process worker;
    private @Nullable Thread keeper;
    private volatile boolean running;

    @Autowired
    WorkerSupervisor(
            ApplicationContext context,
            ConfigurableEnvironment environment,
            WorkerSettings settings,
            OomKillDetector kills,
            JsonMapper json,
            Clock clock) {
        this(
                new WorkerCommand(context, environment, settings, json)::build,
                () -> new WorkerConsole(settings.logFile(), WorkerCommand.logsJson(environment), clock),
                settings,
                kills::count,
                kills::note);
    }

    /**
     * @param command for a worker with this id
     * @param console for the output of the next worker
     * @param kills how many processes the kernel has killed for memory so far
     * @param killedForMemory called for a worker that was among them
     */
    WorkerSupervisor(
            Function<UUID, ProcessBuilder> command,
            Supplier<WorkerConsole> console,
            WorkerSettings settings,
            LongSupplier kills,
            Consumer<UUID> killedForMemory) {
        this.command = command;
        this.console = console;
        this.settings = settings;
        this.kills = kills;
        this.killedForMemory = killedForMemory;
    }

    /** Before the other beans: the worker loads its classes and libtorch in the time that they take. */
    @Override
    public void initialize(ListableBeanFactory beans) {
        start();
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        Thread thread = new Thread(this::keepAlive, "worker");
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
                    log.warn(
                            "The worker ended with status {} after {}. The next one starts in {}", status, lived, wait);
                    TimeUnit.MILLISECONDS.sleep(wait.toMillis());
                }
            }
        } catch (InterruptedException e) {
            log.debug("Ended workers are no longer restarted");
        }
    }

    private int runWorker() throws InterruptedException {
        UUID id = UUID.randomUUID();
        long killsBefore = kills.getAsLong();
        Process process = startWorker(id);
        if (process == null) {
            return -1;
        }
        console.get().relay(process.inputReader());
        int status = process.waitFor();
        if (status == KILLED && kills.getAsLong() > killsBefore) {
            report(id);
        }
        return status;
    }

    private void report(UUID id) {
        log.warn("The kernel killed worker {} because memory ran out", id);
        try {
            killedForMemory.accept(id);
        } catch (DataAccessException | TransactionException e) {
            log.warn("The task's failure cannot be recorded as out of memory: {}", e.toString());
        }
    }

    private synchronized @Nullable Process startWorker(UUID id) {
        if (!running) {
            return null;
        }
        try {
            Process process = command.apply(id).start();
            log.info("Worker process {} started; its log is {}", process.pid(), settings.logFile());
            worker = process;
            return process;
        } catch (IOException | RuntimeException e) {
            // No other code would try again.
            log.error("No worker could be started", e);
            return null;
        }
    }

    /** Stops the worker after it has saved its work and returned its task. */
    @Override
    public void stop() {
        Process process;
        synchronized (this) {
            running = false;
            process = worker;
        }
        try {
            if (process != null && process.isAlive()) {
                // Uses the handle, because Process#destroy would also close its input, as if this process had died.
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

    /** If this process fails to start, its lifecycle does not begin, and so does not end. */
    @Override
    public void destroy() {
        stop();
    }
}
