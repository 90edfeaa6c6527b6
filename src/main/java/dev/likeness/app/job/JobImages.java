package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds images at their positions. An image replaces one at the same position from an earlier attempt. */
@Component
public class JobImages implements ImageFiles {

    private final JobImageRepository images;
    private final JobRepository jobs;
    private final ArtifactStore artifacts;
    private final Clock clock;

    JobImages(JobImageRepository images, JobRepository jobs, ArtifactStore artifacts, Clock clock) {
        this.images = images;
        this.jobs = jobs;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    public JobImage add(UUID jobId, @Nullable UUID generationId, NewImage image) {
        Optional<JobImage> former = images.findAt(jobId, generationId, image.role(), image.step(), image.position());
        former.ifPresent(it -> {
            images.deleteById(it.id());
            artifacts.release(List.of(it.fileSha256(), it.exactSha256()));
        });
        return images.save(new JobImage(jobId, generationId, image, clock.instant()));
    }

    /** Releases the exact pixels of lossy files, after the images of a job or of a generation were scored. */
    public void releaseExact(UUID jobId, @Nullable UUID generationId) {
        List<String> exact = images.findExact(jobId, generationId);
        if (!exact.isEmpty()) {
            images.forgetExact(jobId, generationId);
            artifacts.release(exact);
        }
    }

    /** The job's owner also owns images of the job and of its generations. */
    @Override
    public Optional<ImageFile> file(UUID imageId) {
        return images.findById(imageId)
                .filter(it -> jobs.existsById(it.jobId()))
                .map(it -> new ImageFile(it.fileSha256(), it.format()));
    }
}
