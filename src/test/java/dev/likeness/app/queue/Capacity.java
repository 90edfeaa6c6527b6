package dev.likeness.app.queue;

import java.util.Map;

/**
 * A simulated fleet on a simulated server, some time after it began.
 *
 * @param load cores in use, on average
 * @param poll 95 % of workers' questions for a task are answered in so many seconds
 * @param report and 95 % of reports written
 * @param start from submission to a worker, 95 %
 * @param silence the longest between heartbeats
 * @param progressShare of the load, that of steps: signals and reports
 * @param pollShare share of the load for polling and for the search for dead workers
 * @param readShare share of the load for reading clients
 * @param next the bound that a few more workers would exceed; empty if it was not measured
 */
record Capacity(
        Workload workload,
        int cores,
        double load,
        double commitsPerSecond,
        double logBytesPerSecond,
        double jobsPerSecond,
        double poll,
        double report,
        double start,
        double silence,
        double progressShare,
        double pollShare,
        double readShare,
        String next) {

    /** More than this of the cores leaves no room for what comes at once. */
    static final double MOST_LOAD = 0.7;

    static Capacity of(Map<Operation, Cost> costs, int cores, double flush, Workload workload, double seconds) {
        Simulation simulation = new Simulation();
        SimulatedServer server = new SimulatedServer(simulation, costs, cores, flush);
        SimulatedFleet fleet = new SimulatedFleet(simulation, server, workload);
        fleet.start();
        simulation.run(seconds / 2);
        server.count();
        fleet.count();
        simulation.run(seconds);
        return new Capacity(
                workload,
                cores,
                server.load(),
                server.commitsPerSecond(),
                server.logBytesPerSecond(),
                fleet.done() / seconds,
                fleet.poll(0.95),
                fleet.report(0.95),
                fleet.wait(0.95),
                fleet.longestSilence(),
                server.share(Operation.SIGNAL) + server.share(Operation.PROGRESS),
                server.share(Operation.POLL) + server.share(Operation.CLAIM) + server.share(Operation.DEAD),
                server.share(Operation.STATUS) + server.share(Operation.EVENTS),
                "");
    }

    /** What goes beyond its bound; empty if nothing does. */
    String broken() {
        if (silence > 8) {
            return "heartbeats";
        }
        if (poll > Workload.POLL_SECONDS) {
            return "claims";
        }
        return load > MOST_LOAD * cores ? "processor" : "";
    }

    /** The most workers that a server carries, to about three of a hundred. */
    static Capacity most(Map<Operation, Cost> costs, int cores, double flush, Workload workload) {
        int carried = 0;
        int tooMany = 1;
        Capacity beyond = of(costs, cores, flush, workload.with(tooMany), 20);
        while (beyond.broken().isEmpty()) {
            carried = tooMany;
            tooMany *= 2;
            beyond = of(costs, cores, flush, workload.with(tooMany), 20);
        }
        while (tooMany - carried > 1 + carried / 32) {
            int middle = (carried + tooMany) / 2;
            Capacity tried = of(costs, cores, flush, workload.with(middle), 20);
            if (tried.broken().isEmpty()) {
                carried = middle;
            } else {
                tooMany = middle;
                beyond = tried;
            }
        }
        return of(costs, cores, flush, workload.with(carried), 60).before(beyond.broken());
    }

    private Capacity before(String broken) {
        return new Capacity(
                workload,
                cores,
                load,
                commitsPerSecond,
                logBytesPerSecond,
                jobsPerSecond,
                poll,
                report,
                start,
                silence,
                progressShare,
                pollShare,
                readShare,
                broken);
    }
}
