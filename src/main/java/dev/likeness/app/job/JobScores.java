package dev.likeness.app.job;

import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.app.score.ScoreEntity;
import dev.likeness.app.score.ScoreRepository;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Saves the scores of jobs and their generations. */
@Component
public class JobScores {

    private final ScoreRepository scores;

    JobScores(ScoreRepository scores) {
        this.scores = scores;
    }

    /** @param generationId whose images were scored; null for the job's own */
    public void add(UUID jobId, @Nullable UUID generationId, List<Score> added) {
        for (Score score : added) {
            Selection of = score.selection();
            scores.deleteAt(jobId, generationId, of.images(), score.metric(), of.step(), of.subset());
            scores.save(new ScoreEntity(jobId, generationId, score));
        }
    }

    /** The job's own scores, beginning with those before training. */
    List<Score> of(UUID jobId) {
        return scores.findOwn(List.of(jobId)).stream().map(ScoreEntity::score).toList();
    }
}
