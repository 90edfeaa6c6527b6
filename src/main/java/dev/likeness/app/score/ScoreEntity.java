package dev.likeness.app.score;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a score of a job or of one of its generations. Never changed. */
@Entity
@Table(name = "score")
public class ScoreEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private UUID jobId;

    /** The generation whose images were scored; null for the job's own. */
    private @Nullable UUID generationId;

    @Embedded
    private Score score;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected ScoreEntity() {}

    public ScoreEntity(UUID jobId, @Nullable UUID generationId, Score score) {
        this.jobId = jobId;
        this.generationId = generationId;
        this.score = score;
    }

    public UUID jobId() {
        return jobId;
    }

    /** Null for a score of the job's own images. */
    public @Nullable UUID generationId() {
        return generationId;
    }

    public Score score() {
        return score;
    }
}
