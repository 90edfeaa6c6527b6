package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.job.ArtifactFormat;
import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.NewArtifact;
import dev.likeness.app.job.TrainingViews;
import dev.likeness.app.queue.DatabaseOutage;
import dev.likeness.app.report.JobReport;
import dev.likeness.app.report.ReportPage;
import dev.likeness.app.report.Reporter;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stores the report of a job. The report only shows data that is stored elsewhere, so a failure to write it does not
 * fail the job: the job's log says that it is missing, and the worker's log says why. A failure to store it fails the
 * job.
 */
@InWorker
@Component
class ReportKeeper {

    private static final Logger log = LoggerFactory.getLogger(ReportKeeper.class);

    private static final String MISSING =
            "the report could not be written. The result is not affected. The worker's log has the details";

    private final Reporter reporter;
    private final TrainingViews views;
    private final ReportPage page;
    private final JobProgress progress;
    private final ArtifactStore artifacts;
    private final DurableWriter durable;

    ReportKeeper(
            Reporter reporter,
            TrainingViews views,
            ReportPage page,
            JobProgress progress,
            ArtifactStore artifacts,
            DurableWriter durable) {
        this.reporter = reporter;
        this.views = views;
        this.page = page;
        this.progress = progress;
        this.artifacts = artifacts;
        this.durable = durable;
    }

    void keep(JobRun run) {
        Optional<Written> written = write(run.job().jobId());
        if (written.isEmpty()) {
            durable.write(() -> progress.event(run.lease(), EventType.LOG, Map.of("message", MISSING)));
            return;
        }
        durable.write(() -> {
            keep(
                    run,
                    ArtifactFormat.HTML,
                    "report.html",
                    "text/html",
                    written.get().html());
            keep(
                    run,
                    ArtifactFormat.JSON,
                    "report.json",
                    "application/json",
                    written.get().json());
        });
    }

    private Optional<Written> write(UUID jobId) {
        try {
            JobReport report = durable.read(() -> reporter.report(jobId));
            return Optional.of(new Written(
                    page.html(report, position -> durable.read(() -> views.of(jobId, position))), page.json(report)));
        } catch (RuntimeException e) {
            if (DatabaseOutage.isBehind(e)) {
                throw e;
            }
            log.error("{} has no report", jobId, e);
            return Optional.empty();
        }
    }

    private void keep(JobRun run, ArtifactFormat format, String name, String mediaType, byte[] content) {
        progress.addArtifact(
                run.lease(),
                new NewArtifact(
                        ArtifactKind.REPORT,
                        format,
                        name,
                        artifacts.put(mediaType, out -> out.write(content)),
                        run.resultStep()));
    }

    @SuppressWarnings("ArrayRecordComponent") // written down once, and never compared
    private record Written(byte[] html, byte[] json) {}
}
