package dev.likeness.app.worker.job;

import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.task.Phase;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.app.worker.task.TaskControl;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Runs the phases of a job in order. Each is recorded in the job, in metrics and in traces. */
@InWorker
@Component
class JobPhases {

    private final List<JobPhase> phases;
    private final JobProgress progress;
    private final DurableWriter durable;
    private final ObservationRegistry observations;

    JobPhases(List<JobPhase> phases, JobProgress progress, DurableWriter durable, ObservationRegistry observations) {
        this.phases = phases;
        this.progress = progress;
        this.durable = durable;
        this.observations = observations;
    }

    /** Prepares a job and runs all its phases. */
    JobRun run(LeasedJob job, TaskControl control, Supplier<JobRun> prepare) {
        JobRun run = in(Phase.PREPARING, job, prepare);
        for (JobPhase phase : phases) {
            control.check();
            in(phase.phase(), job, () -> {
                phase.run(run);
                return run;
            });
        }
        return run;
    }

    private JobRun in(Phase phase, LeasedJob job, Supplier<JobRun> work) {
        durable.write(() -> progress.enterPhase(job.lease(), phase));
        return Observation.createNotStarted("likeness.phase", observations)
                .contextualName(phase.wire())
                .lowCardinalityKeyValue("phase", phase.wire())
                .lowCardinalityKeyValue("method", job.spec().method())
                .observe(work);
    }
}
