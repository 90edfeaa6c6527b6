package dev.likeness.app.worker.job;

import dev.likeness.app.task.Phase;

/**
 * A part of a job. What it makes, it keeps as it goes, and what an earlier attempt has kept it does not make again.
 */
interface JobPhase {

    Phase phase();

    /** @throws dev.likeness.diffusion.tensor.StoppedException if the run's control says so */
    void run(JobRun run);
}
