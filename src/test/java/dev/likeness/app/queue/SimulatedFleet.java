package dev.likeness.app.queue;

import static dev.likeness.app.queue.Workload.ANNOUNCE_SECONDS;
import static dev.likeness.app.queue.Workload.EVENTS_SECONDS;
import static dev.likeness.app.queue.Workload.HEARTBEAT_SECONDS;
import static dev.likeness.app.queue.Workload.PHASES;
import static dev.likeness.app.queue.Workload.POLL_SECONDS;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Workers that ask a server for tasks and tell it of them, and clients who submit and look. */
final class SimulatedFleet {

    private final Simulation simulation;
    private final SimulatedServer server;
    private final Workload workload;
    private final Random random = new Random(7);

    /** When each of the waiting jobs was submitted. */
    private final Deque<Double> queue = new ArrayDeque<>();

    private final List<Double> waits = new ArrayList<>();
    private final List<Double> polls = new ArrayList<>();
    private final List<Double> reports = new ArrayList<>();
    private double longestSilence;
    private int done;

    SimulatedFleet(Simulation simulation, SimulatedServer server, Workload workload) {
        this.simulation = simulation;
        this.server = server;
        this.workload = workload;
    }

    /** All workers start, each at a different moment, and the busy ones in the middle of a job. */
    void start() {
        for (int i = 0; i < workload.workers(); i++) {
            boolean busy = i < workload.occupancy() * workload.workers();
            simulation.after(random.nextDouble() * POLL_SECONDS, () -> {
                if (busy) {
                    new Worker().work(random.nextDouble() * workload.jobSeconds());
                } else {
                    new Worker().poll();
                }
            });
            every(2 * HEARTBEAT_SECONDS, Operation.DEAD);
            every(ANNOUNCE_SECONDS, Operation.ANNOUNCE);
        }
        submitNext();
    }

    private void every(double seconds, Operation operation) {
        simulation.after(random.nextDouble() * seconds, () -> repeat(seconds, operation));
    }

    private void repeat(double seconds, Operation operation) {
        server.execute(operation, () -> simulation.after(seconds, () -> repeat(seconds, operation)));
    }

    private void submitNext() {
        simulation.after(-Math.log(1 - random.nextDouble()) / workload.jobsPerSecond(), () -> {
            server.execute(Operation.SUBMIT, () -> queue.add(simulation.now()));
            submitNext();
        });
    }

    /** Forgets what was counted so far. */
    void count() {
        waits.clear();
        polls.clear();
        reports.clear();
        longestSilence = 0;
        done = 0;
    }

    int done() {
        return done;
    }

    /** From submission to a worker, in seconds, of so much of all jobs. */
    double wait(double share) {
        return quantile(waits, share);
    }

    /** From a worker's question for a task to the answer, in seconds. */
    double poll(double share) {
        return quantile(polls, share);
    }

    /** How long it takes a worker to report, in seconds. */
    double report(double share) {
        return quantile(reports, share);
    }

    double longestSilence() {
        return longestSilence;
    }

    private static double quantile(List<Double> values, double share) {
        return values.isEmpty()
                ? 0
                : values.stream()
                        .sorted()
                        .skip((long) (share * (values.size() - 1)))
                        .findFirst()
                        .orElseThrow();
    }

    private final class Worker {

        /** Grows with every job, so that what was planned for the one before ends. */
        private int job;

        private double end;
        private double lastHeartbeat;

        void poll() {
            double asked = simulation.now();
            if (queue.isEmpty()) {
                server.execute(Operation.POLL, () -> {
                    polls.add(simulation.now() - asked);
                    simulation.after(POLL_SECONDS, this::poll);
                });
                return;
            }
            double submitted = queue.remove();
            server.execute(Operation.CLAIM, () -> {
                polls.add(simulation.now() - asked);
                waits.add(simulation.now() - submitted);
                server.execute(Operation.LEASE, () -> work(workload.jobSeconds()));
            });
        }

        void work(double seconds) {
            int present = ++job;
            end = simulation.now() + seconds;
            lastHeartbeat = simulation.now();
            simulation.after(random.nextDouble() * HEARTBEAT_SECONDS, () -> heartbeat(present));
            simulation.after(random.nextDouble() * workload.stepSeconds(), () -> step(present, 0));
            during(present, seconds / PHASES, Operation.PHASE);
            during(present, workload.checkpointSeconds(), Operation.CHECKPOINT);
            during(present, workload.imageSeconds(), Operation.IMAGE);
            during(present, workload.statusSeconds(), Operation.STATUS);
            if (random.nextDouble() < workload.watched()) {
                during(present, EVENTS_SECONDS, Operation.EVENTS);
            }
        }

        private boolean isOver(int of) {
            return of != job || simulation.now() >= end;
        }

        /** The job goes no further than the database lets it: its worker waits for every answer. */
        private void step(int of, double sinceReport) {
            if (isOver(of)) {
                server.execute(Operation.FINISH, () -> {
                    done++;
                    job++;
                    poll();
                });
            } else if (sinceReport >= workload.reportSeconds()) {
                double asked = simulation.now();
                server.execute(Operation.PROGRESS, () -> {
                    reports.add(simulation.now() - asked);
                    step(of, 0);
                });
            } else {
                simulation.after(
                        workload.stepSeconds(),
                        () -> server.execute(Operation.SIGNAL, () -> step(of, sinceReport + workload.stepSeconds())));
            }
        }

        private void during(int of, double seconds, Operation operation) {
            simulation.after(seconds * (0.5 + random.nextDouble()), () -> {
                if (!isOver(of)) {
                    server.execute(operation, () -> during(of, seconds, operation));
                }
            });
        }

        private void heartbeat(int of) {
            if (!isOver(of)) {
                server.execute(Operation.HEARTBEAT, () -> {
                    longestSilence = Math.max(longestSilence, simulation.now() - lastHeartbeat);
                    lastHeartbeat = simulation.now();
                    simulation.after(HEARTBEAT_SECONDS, () -> heartbeat(of));
                });
            }
        }
    }
}
