package dev.likeness.app.worker.job;

import dev.likeness.app.task.Phase;

/**
 * A part of a job. It stores its results while it runs, and does not repeat what an earlier attempt has stored.
 */
interface JobPhase {

    Phase phase();

    /** @throws dev.likeness.diffusion.tensor.StoppedException if the run's control requests it */
    void run(JobRun run);
}
