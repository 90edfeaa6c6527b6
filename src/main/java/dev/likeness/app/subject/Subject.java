package dev.likeness.app.subject;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A subject that a model is to know, with a few pictures. Only its captions ever change. */
@Entity
@Table(name = "subject")
public class Subject {

    @Id
    private UUID id;

    @TenantId
    private @Nullable String owner;

    private String classWord;
    private boolean standalone;
    private Instant createdAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "subject_picture", joinColumns = @JoinColumn(name = "subject_id"))
    @OrderColumn(name = "position")
    @BatchSize(size = 100)
    private List<SubjectPicture> pictures;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<Finding> findings;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<Caption> captions;

    private @Nullable Instant captionedAt;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Subject() {}

    Subject(String classWord, boolean standalone, List<SubjectPicture> pictures, List<Finding> findings, Instant now) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.classWord = classWord;
        this.standalone = standalone;
        this.createdAt = now;
        this.pictures = List.copyOf(pictures);
        this.findings = List.copyOf(findings);
        this.captions = List.of();
    }

    /**
     * Replaces all captions with the user's. An unchanged caption keeps its origin.
     *
     * @param texts one per picture
     */
    public void caption(List<String> texts, Instant now) {
        requireOneEach(texts.size());
        List<Caption> edited = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Caption former = i < captions.size() ? captions.get(i) : null;
            edited.add(
                    former != null && former.text().equals(texts.get(i))
                            ? former
                            : new Caption(texts.get(i), CaptionOrigin.USER));
        }
        captions = edited;
        captionedAt = now;
    }

    /**
     * Replaces all captions with proposed ones, unless newer captions exist: the user may have written others since the
     * request, or requested new ones.
     *
     * @param proposed one per picture
     */
    public void propose(List<Caption> proposed, Instant askedFor) {
        requireOneEach(proposed.size());
        if (captionedAt == null || !captionedAt.isAfter(askedFor)) {
            captions = List.copyOf(proposed);
            captionedAt = askedFor;
        }
    }

    private void requireOneEach(int count) {
        if (count != pictures.size()) {
            throw new IllegalArgumentException("%d captions for %d pictures".formatted(count, pictures.size()));
        }
    }

    public UUID id() {
        return id;
    }

    /** The class word, for example {@code teapot}. */
    public String classWord() {
        return classWord;
    }

    /** Whether it was uploaded without a job. Such a subject stays when its jobs are deleted. */
    public boolean isStandalone() {
        return standalone;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** In the order of the upload. */
    public List<SubjectPicture> pictures() {
        return List.copyOf(pictures);
    }

    /**
     * The findings about the pictures for a job.
     *
     * @param word the job's class word, which may differ from the subject's
     * @param resolution side of a training picture in pixels
     */
    public List<Finding> findings(String word, int resolution) {
        boolean person = PersonWords.mean(word);
        return Stream.concat(
                        findings.stream().filter(it -> person || !Findings.OF_PEOPLE.contains(it.code())),
                        Findings.ofSizes(pictures, resolution).stream())
                .toList();
    }

    /** One per picture, or empty. */
    public List<Caption> captions() {
        return List.copyOf(captions);
    }
}
