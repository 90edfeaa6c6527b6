package dev.likeness.app.evaluation;

import dev.likeness.app.job.ImageRecipe;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;

/** An image of a row of a table of scores. Never changed. */
@Entity
@Table(name = "evaluation_image")
public class EvaluationImage {

    @Id
    private UUID id;

    private UUID evaluationId;
    private UUID jobId;
    private int tableRow;
    private int position;
    private String fileSha256;
    private int width;
    private int height;

    @JdbcTypeCode(SqlTypes.JSON)
    private ImageRecipe recipe;

    private int step;
    private double seconds;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected EvaluationImage() {}

    EvaluationImage(UUID evaluationId, NewEvaluationImage image, Instant now) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.evaluationId = evaluationId;
        this.jobId = image.jobId();
        this.tableRow = image.row();
        this.position = image.position();
        this.fileSha256 = image.file().sha256();
        this.width = image.recipe().settings().width();
        this.height = image.recipe().settings().height();
        this.recipe = image.recipe();
        this.step = image.step();
        this.seconds = image.seconds();
        this.createdAt = now;
    }

    public UUID id() {
        return id;
    }

    UUID evaluationId() {
        return evaluationId;
    }

    /** Position of its row in the table. */
    public int row() {
        return tableRow;
    }

    /** Its position in the row, from 0. */
    public int position() {
        return position;
    }

    public String fileSha256() {
        return fileSha256;
    }

    public ImageRecipe recipe() {
        return recipe;
    }

    /** Training step of the weights. */
    public int step() {
        return step;
    }

    /** Its share of the time for its batch. */
    public double seconds() {
        return seconds;
    }
}
