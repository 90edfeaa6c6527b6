package dev.likeness.app.queue;

/**
 * Workers, what they work on, and who watches. Times in seconds.
 *
 * @param workers processes, one task at a time each
 * @param occupancy share of the workers that submissions keep busy; above 1 the queue grows
 * @param jobSeconds how long a job takes
 * @param stepSeconds how long a step takes, after each of which the worker asks whether to continue
 * @param reportSeconds how often a worker reports progress
 * @param checkpointSeconds how often it keeps a checkpoint
 * @param imageSeconds how often it keeps an image
 * @param statusSeconds how often clients ask for each unfinished job
 * @param watched share of the running jobs whose events are followed
 */
record Workload(
        int workers,
        double occupancy,
        double jobSeconds,
        double stepSeconds,
        double reportSeconds,
        double checkpointSeconds,
        double imageSeconds,
        double statusSeconds,
        double watched) {

    /** As likeness.queue, likeness.worker and likeness.events are by default. */
    static final double POLL_SECONDS = 0.25;

    static final double HEARTBEAT_SECONDS = 2;
    static final double ANNOUNCE_SECONDS = 5;
    static final double EVENTS_SECONDS = 0.5;
    static final int PHASES = 5;

    /** Jobs of five minutes on a GPU: five steps a second, and a picture every ten seconds. */
    static final Workload TRAINING = new Workload(0, 0.8, 300, 0.2, 0.25, 120, 10, 10, 0.5);

    /** Images of a finished job: six seconds with ten steps a second. */
    static final Workload DRAWING = new Workload(0, 0.8, 6, 0.1, 0.25, 1e9, 2, 2, 0.5);

    Workload with(int workers) {
        return new Workload(
                workers,
                occupancy,
                jobSeconds,
                stepSeconds,
                reportSeconds,
                checkpointSeconds,
                imageSeconds,
                statusSeconds,
                watched);
    }

    Workload reporting(double every) {
        return new Workload(
                workers,
                occupancy,
                jobSeconds,
                stepSeconds,
                every,
                checkpointSeconds,
                imageSeconds,
                statusSeconds,
                watched);
    }

    double jobsPerSecond() {
        return occupancy * workers / jobSeconds;
    }
}
