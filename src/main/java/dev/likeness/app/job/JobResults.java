package dev.likeness.app.job;

import dev.likeness.app.job.UnknownIdException.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What jobs and generations made. */
@Service
@Transactional(readOnly = true)
public class JobResults {

    private final JobImageRepository images;
    private final ScoreRepository scores;

    JobResults(JobImageRepository images, ScoreRepository scores) {
        this.images = images;
        this.scores = scores;
    }

    /** Images of the job itself, not of its generations: results first, the contact sheet last. */
    public List<JobImage> imagesOfJob(UUID jobId) {
        return images.findByJobIdAndGenerationIdIsNull(jobId).stream()
                .sorted(Comparator.comparing(JobImage::role).thenComparing(JobImage::position))
                .toList();
    }

    public List<JobImage> imagesOfGeneration(UUID generationId) {
        return images.findByGenerationIdOrderByPosition(generationId);
    }

    /** @throws UnknownIdException if there is none */
    public JobImage image(UUID id) {
        return images.findById(id).orElseThrow(() -> new UnknownIdException(Kind.IMAGE, id));
    }

    /** Those before training first. */
    public List<Score> scoresOf(UUID jobId) {
        return scores.findByJobIdOrderByStepAscIdAsc(jobId);
    }
}
