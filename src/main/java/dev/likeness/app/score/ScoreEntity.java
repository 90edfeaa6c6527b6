package dev.likeness.app.score;

import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.diffusion.evaluation.Metric;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A score of images of a job or of one of its generations. Never changed. */
@Entity
@Table(name = "score")
public class ScoreEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private UUID jobId;

    /** The generation whose images were scored; null for the job's own. */
    private @Nullable UUID generationId;

    @Enumerated(EnumType.STRING)
    private ImageSet imageSet;

    @Convert(converter = MetricColumn.class)
    private Metric metric;

    private @Nullable Double value;
    private @Nullable String reason;
    private int n;
    private @Nullable Double intervalLow;
    private @Nullable Double intervalHigh;
    private String encoder;
    private String pairing;
    private @Nullable Double reference;
    private int step;
    private @Nullable String subset;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected ScoreEntity() {}

    public ScoreEntity(UUID jobId, @Nullable UUID generationId, Score score) {
        Outcome outcome = score.outcome();
        Interval interval = outcome.interval();
        this.jobId = jobId;
        this.generationId = generationId;
        this.imageSet = score.selection().images();
        this.metric = score.metric();
        this.value = outcome.value();
        this.reason = outcome.reason();
        this.n = outcome.n();
        this.intervalLow = interval == null ? null : interval.low();
        this.intervalHigh = interval == null ? null : interval.high();
        this.encoder = score.encoder();
        this.pairing = score.pairing();
        this.reference = score.reference();
        this.step = score.selection().step();
        this.subset = score.selection().subset();
    }

    public UUID jobId() {
        return jobId;
    }

    public ImageSet images() {
        return imageSet;
    }

    public Metric metric() {
        return metric;
    }

    public @Nullable Double value() {
        return value;
    }

    /** Why there is no value; null if there is one. */
    public @Nullable String reason() {
        return reason;
    }

    public int n() {
        return n;
    }

    public @Nullable Interval interval() {
        return intervalLow == null || intervalHigh == null ? null : new Interval(intervalLow, intervalHigh);
    }

    public String encoder() {
        return encoder;
    }

    public String pairing() {
        return pairing;
    }

    public @Nullable Double reference() {
        return reference;
    }

    public int step() {
        return step;
    }

    /** The prompt, if only its images were scored; null for all images of the step. */
    public @Nullable String subset() {
        return subset;
    }
}
