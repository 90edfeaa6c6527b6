package dev.likeness.app.evaluation;

import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.diffusion.evaluation.Metric;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;

/** A finished row of a table of scores: one job with one sampler and number of steps. Never changed. */
@Entity
@Table(name = "evaluation_row")
public class EvaluationRow {

    @Id
    private UUID id;

    private UUID evaluationId;
    private UUID jobId;
    private int position;
    private String method;
    private String sampler;
    private int steps;
    private boolean prior;
    private int step;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<Score> scores;

    private double secondsPerImage;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected EvaluationRow() {}

    EvaluationRow(UUID evaluationId, NewEvaluationRow row, double secondsPerImage, Instant now) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.evaluationId = evaluationId;
        this.jobId = row.job().id();
        this.position = row.planned().position();
        this.method = row.job().spec().method();
        this.sampler = row.planned().plan().settings().sampler().wire();
        this.steps = row.planned().plan().settings().steps();
        this.prior = row.job().spec().prior().enabled();
        this.step = row.job().weights().step();
        this.scores = List.copyOf(row.scores());
        this.secondsPerImage = secondsPerImage;
        this.createdAt = now;
    }

    public UUID evaluationId() {
        return evaluationId;
    }

    public UUID jobId() {
        return jobId;
    }

    /** Its position in the table, from 0. */
    public int position() {
        return position;
    }

    public String method() {
        return method;
    }

    public String sampler() {
        return sampler;
    }

    /** Number of sampler steps. */
    public int steps() {
        return steps;
    }

    /** Whether the job had prior preservation. */
    public boolean prior() {
        return prior;
    }

    /** Training step of the weights. */
    public int step() {
        return step;
    }

    /** The score of all images of the row. It is missing if an earlier release without this metric finished the row. */
    public Score score(Metric metric) {
        return scores.stream()
                .filter(it -> it.metric() == metric)
                .findFirst()
                .orElseGet(() -> Score.missing(
                        ImageSet.RESULTS, metric, "an earlier release without this score created the row", step));
    }

    /** Mean time to generate an image, as its share of its batch's time. */
    public double secondsPerImage() {
        return secondsPerImage;
    }
}
