package dev.likeness.app.studio;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobIntake;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Phase;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Jobs in every state, with images that a browser can show. */
public final class StudioJobs {

    private final JobIntake intake;
    private final JobProgress progress;
    private final ArtifactStore artifacts;
    private final TestDatabase database;
    private final JsonMapper json;

    StudioJobs(ApplicationContext context) {
        intake = context.getBean(JobIntake.class);
        progress = context.getBean(JobProgress.class);
        artifacts = context.getBean(ArtifactStore.class);
        database = TestDatabase.of(context);
        json = context.getBean(JsonMapper.class);
    }

    /** A queued job. */
    public UUID queued(String classWord) {
        UUID subject = database.subject(classWord, Instant.now());
        return intake.submit(subject, intake.draft(classWord, (ObjectNode) json.readTree("{\"identifier\": \"sks\"}")))
                .id();
    }

    /** A job that trains, at a step of 400. */
    public UUID training(String classWord, int step) {
        UUID id = queued(classWord);
        Lease lease = lease(id);
        progress.enterPhase(lease, Phase.TRAINING);
        progress.progress(lease, step, 400, 95);
        return id;
    }

    /** A finished job with a number of images, of one of the bundled subjects. */
    public UUID finished(String classWord, String subject, int images) {
        UUID id = queued(classWord);
        finish(id, subject, images);
        return id;
    }

    /** Executes a queued job to its end, with a number of images of one of the bundled subjects. */
    public void finish(UUID id, String subject, int images) {
        Lease lease = lease(id);
        for (int i = 0; i < images; i++) {
            StoredFile file = picture(subject, i + 1);
            progress.addImage(lease, TestWorker.image(ImageRole.RESULT, file, i));
        }
        progress.succeed(lease, new Job.Outcome(3.8, 1L << 30));
    }

    /** A failed job. */
    public UUID failed(String classWord, String message) {
        UUID id = queued(classWord);
        progress.fail(lease(id), new Failure(ErrorCode.OUT_OF_MEMORY, message));
        return id;
    }

    private Lease lease(UUID id) {
        Lease lease = progress.lease(id).orElseThrow().lease();
        progress.start(lease);
        return lease;
    }

    private StoredFile picture(String subject, int number) {
        ClassPathResource picture = new ClassPathResource("subjects/%s/%d.png".formatted(subject, number));
        return artifacts.put("image/png", out -> out.write(picture.getContentAsByteArray()));
    }
}
