package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds images, each at its place: what an earlier attempt put there goes. */
@Component
class JobImages {

    private final JobImageRepository images;
    private final ArtifactStore artifacts;
    private final Clock clock;

    JobImages(JobImageRepository images, ArtifactStore artifacts, Clock clock) {
        this.images = images;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    JobImage add(UUID jobId, @Nullable UUID generationId, NewImage image) {
        Optional<JobImage> former = images.findAt(jobId, generationId, image.role(), image.step(), image.position());
        former.ifPresent(it -> {
            images.deleteById(it.id());
            artifacts.release(List.of(it.fileSha256()));
        });
        return images.save(new JobImage(jobId, generationId, image, clock.instant()));
    }
}
