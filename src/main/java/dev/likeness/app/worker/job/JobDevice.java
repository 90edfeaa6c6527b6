package dev.likeness.app.worker.job;

import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.worker.DeviceMemory;
import dev.likeness.app.worker.EngineSelfCheck;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.WorkerIdentity;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.pipeline.DeviceInfo;
import org.springframework.stereotype.Component;

/** Makes jobs suit this worker's device. */
@InWorker
@Component
class JobDevice {

    private final JobProgress progress;
    private final DurableWriter durable;
    private final DeviceMemory memory;
    private final WorkerIdentity identity;
    private final EngineSelfCheck check;

    JobDevice(
            JobProgress progress,
            DurableWriter durable,
            DeviceMemory memory,
            WorkerIdentity identity,
            EngineSelfCheck check) {
        this.progress = progress;
        this.durable = durable;
        this.memory = memory;
        this.identity = identity;
        this.check = check;
    }

    /** Plans the job's memory again for this device, with its free memory now, and records the engine. */
    LeasedJob fit(LeasedJob job) {
        DeviceInfo device = memory.now();
        LeasedJob fitting =
                durable.read(() -> progress.fit(job.lease(), device.name(), device.memoryForTask(), identity.id()));
        durable.write(() -> progress.computeWith(job.lease(), check.ofJobs()));
        return fitting;
    }
}
