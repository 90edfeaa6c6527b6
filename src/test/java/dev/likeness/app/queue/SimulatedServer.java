package dev.likeness.app.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A database server with so many cores, each of which works on one statement at a time, and a log. What is committed waits
 * for the log to be flushed, together with all that has come until the flush begins.
 */
final class SimulatedServer {

    private final Simulation simulation;
    private final Map<Operation, Cost> costs;
    private final int cores;
    private final double flushSeconds;

    private final Deque<Work> waiting = new ArrayDeque<>();
    private List<Runnable> committing = new ArrayList<>();
    private int busy;
    private boolean flushing;

    private final Map<Operation, Double> cpu = new EnumMap<>(Operation.class);
    private double since;
    private double logBytes;
    private long commits;

    SimulatedServer(Simulation simulation, Map<Operation, Cost> costs, int cores, double flushSeconds) {
        this.simulation = simulation;
        this.costs = costs;
        this.cores = cores;
        this.flushSeconds = flushSeconds;
    }

    void execute(Operation operation, Runnable done) {
        Cost cost = costs.getOrDefault(operation, new Cost(0, 0, 0));
        cpu.merge(operation, cost.cpuMillis() / 1e3, Double::sum);
        logBytes += cost.logBytes();
        int parts = Math.max(1, (int) Math.round(cost.commits()));
        enqueue(new Work(cost.cpuMillis() / 1e3 / parts, cost.commits() >= 0.5, parts, done));
    }

    private void enqueue(Work work) {
        waiting.add(work);
        serve();
    }

    private void serve() {
        while (busy < cores && !waiting.isEmpty()) {
            Work work = waiting.remove();
            busy++;
            simulation.after(work.seconds(), () -> {
                busy--;
                if (work.commits()) {
                    commits++;
                    committing.add(() -> finish(work));
                    flush();
                } else {
                    finish(work);
                }
                serve();
            });
        }
    }

    private void finish(Work work) {
        if (work.parts() == 1) {
            work.done().run();
        } else {
            enqueue(new Work(work.seconds(), work.commits(), work.parts() - 1, work.done()));
        }
    }

    private void flush() {
        if (flushing || committing.isEmpty()) {
            return;
        }
        flushing = true;
        List<Runnable> together = committing;
        committing = new ArrayList<>();
        simulation.after(flushSeconds, () -> {
            flushing = false;
            together.forEach(Runnable::run);
            flush();
        });
    }

    /** Forgets what was counted so far. */
    void count() {
        cpu.clear();
        since = simulation.now();
        logBytes = 0;
        commits = 0;
    }

    /** Cores in use, on average. */
    double load() {
        return cpu.values().stream().mapToDouble(it -> it).sum() / seconds();
    }

    /** Of the time of all cores that are in use, that of one operation. */
    double share(Operation operation) {
        return cpu.getOrDefault(operation, 0.0) / seconds() / load();
    }

    double commitsPerSecond() {
        return commits / seconds();
    }

    double logBytesPerSecond() {
        return logBytes / seconds();
    }

    private double seconds() {
        return simulation.now() - since;
    }

    /** One of the transactions of an operation, or all of it if there is only one. */
    private record Work(double seconds, boolean commits, int parts, Runnable done) {}
}
