package dev.likeness.app.job;

/**
 * The pace of a finished job.
 *
 * @param work what it did
 * @param stepsPerSecond in training
 * @param seconds of all phases after the preparation
 */
record MeasuredJob(JobWork work, double stepsPerSecond, double seconds) {

    /** Seconds for other work at the same pace: training by its steps, everything else by its images. */
    double secondsFor(JobWork other) {
        double others = Math.max(0, seconds - work.steps() / stepsPerSecond);
        double perWork = work.samplerWork() == 0 ? 0 : others / work.samplerWork();
        return other.steps() / stepsPerSecond + perWork * other.samplerWork();
    }
}
