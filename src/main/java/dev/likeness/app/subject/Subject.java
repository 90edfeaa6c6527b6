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
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Somebody or something a model is to know, as a few pictures. Only what is said of the pictures ever changes. */
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
     * Takes the user's captions in place of what there is. One that says what was there already keeps its origin.
     *
     * @param texts one a picture
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
     * Takes proposed captions in place of what there is, unless that came after they were asked for: then the user has
     * written others meanwhile, or has asked again.
     *
     * @param proposed one a picture
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

    /** What it is, for instance {@code teapot}. */
    public String classWord() {
        return classWord;
    }

    /** Whether it was sent by itself, and so stays when its jobs go. */
    public boolean isStandalone() {
        return standalone;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** In the order they were sent. */
    public List<SubjectPicture> pictures() {
        return List.copyOf(pictures);
    }

    /**
     * What is to be said of the pictures before they are trained on.
     *
     * @param word for what the pictures show, which need not be the subject's own
     * @param resolution side of a training picture in pixels
     */
    public List<Finding> findings(String word, int resolution) {
        boolean person = PersonWords.mean(word);
        return Stream.concat(
                        findings.stream().filter(it -> person || !Findings.OF_PEOPLE.contains(it.code())),
                        Findings.ofSizes(pictures, resolution).stream())
                .toList();
    }

    /** One a picture, or none. */
    public List<Caption> captions() {
        return List.copyOf(captions);
    }
}
