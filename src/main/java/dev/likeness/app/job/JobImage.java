package dev.likeness.app.job;

import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.picture.PictureFormat;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An image of a job or of one of its generations. */
@Entity
@Table(name = "job_image")
public class JobImage {

    @Id
    private UUID id;

    private UUID jobId;

    /** Null for an image of the job itself. */
    private @Nullable UUID generationId;

    @Enumerated(EnumType.STRING)
    private ImageRole role;

    private int position;
    private String fileSha256;

    @Enumerated(EnumType.STRING)
    private PictureFormat format;

    /** Null for a lossless file, and after the end of the task. */
    private @Nullable String exactSha256;

    private int width;
    private int height;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable ImageRecipe recipe;

    private int step;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected JobImage() {}

    JobImage(UUID jobId, @Nullable UUID generationId, NewImage image, Instant now) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.jobId = jobId;
        this.generationId = generationId;
        this.role = image.role();
        this.position = image.position();
        this.fileSha256 = image.file().file().sha256();
        this.format = image.file().format();
        StoredFile exact = image.file().exact();
        this.exactSha256 = exact == null ? null : exact.sha256();
        this.width = image.width();
        this.height = image.height();
        this.recipe = image.recipe();
        this.step = image.step();
        this.createdAt = now;
    }

    public UUID id() {
        return id;
    }

    public UUID jobId() {
        return jobId;
    }

    /** Null for an image of the job itself. */
    public @Nullable UUID generationId() {
        return generationId;
    }

    public ImageRole role() {
        return role;
    }

    public int position() {
        return position;
    }

    public String fileSha256() {
        return fileSha256;
    }

    public PictureFormat format() {
        return format;
    }

    /** The file with the exact pixels, as long as the task that generated it can score it; then its file. */
    public String exactSha256() {
        return Objects.requireNonNullElse(exactSha256, fileSha256);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Null for a contact sheet. */
    public @Nullable ImageRecipe recipe() {
        return recipe;
    }

    public int step() {
        return step;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
