package dev.likeness.app.job;

import dev.likeness.app.score.Score;
import dev.likeness.app.score.ScoreEntity;
import dev.likeness.app.score.ScoreRepository;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The results of jobs and generations. */
@Service
@Transactional(readOnly = true)
public class JobResults {

    private final JobImageRepository images;
    private final ScoreRepository scores;
    private final List<ImageFiles> files;

    JobResults(JobImageRepository images, ScoreRepository scores, List<ImageFiles> files) {
        this.images = images;
        this.scores = scores;
        this.files = files;
    }

    /** Images of the job itself, not of its generations: by role in the order of {@link ImageRole}, then by step, then by position. */
    public List<JobImage> imagesOfJob(UUID jobId) {
        return imagesOfJobs(List.of(jobId)).getOrDefault(jobId, List.of());
    }

    /** The same for several jobs at once. */
    public Map<UUID, List<JobImage>> imagesOfJobs(Collection<UUID> jobIds) {
        return images.findByJobIdInAndGenerationIdIsNull(jobIds).stream()
                .sorted(Comparator.comparing(JobImage::role)
                        .thenComparing(JobImage::step)
                        .thenComparing(JobImage::position))
                .collect(Collectors.groupingBy(JobImage::jobId));
    }

    public List<JobImage> imagesOfGeneration(UUID generationId) {
        return imagesOfGenerations(List.of(generationId)).getOrDefault(generationId, List.of());
    }

    /** Images of generations by generation, by position. */
    public Map<UUID, List<JobImage>> imagesOfGenerations(Collection<UUID> generationIds) {
        return images.findByGenerationIdInOrderByPosition(generationIds).stream()
                .collect(Collectors.groupingBy(it -> Objects.requireNonNull(it.generationId())));
    }

    /**
     * The file of an image of a job, of a generation or of an evaluation.
     *
     * @throws UnknownIdException unless there is such an image
     */
    public ImageFile imageFile(UUID id) {
        return files.stream()
                .flatMap(it -> it.file(id).stream())
                .findFirst()
                .orElseThrow(() -> new UnknownIdException(Kind.IMAGE, id));
    }

    /** Scores of jobs' own images by job, beginning with those before training. */
    public Map<UUID, List<Score>> scoresOf(Collection<UUID> jobIds) {
        return scores.findOwn(jobIds).stream()
                .collect(Collectors.groupingBy(
                        ScoreEntity::jobId, Collectors.mapping(ScoreEntity::score, Collectors.toList())));
    }

    public List<Score> scoresOfGeneration(UUID generationId) {
        return scoresOfGenerations(List.of(generationId)).getOrDefault(generationId, List.of());
    }

    /** Scores of generations by generation. */
    public Map<UUID, List<Score>> scoresOfGenerations(Collection<UUID> generationIds) {
        return scores.findOfGenerations(generationIds).stream()
                .collect(Collectors.groupingBy(
                        it -> Objects.requireNonNull(it.generationId()),
                        Collectors.mapping(ScoreEntity::score, Collectors.toList())));
    }
}
