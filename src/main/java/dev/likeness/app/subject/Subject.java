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
import java.util.List;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Somebody or something a model is to know, as a few pictures. Never changed. */
@Entity
@Table(name = "subject")
public class Subject {

    @Id
    private UUID id;

    private Instant createdAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "subject_picture", joinColumns = @JoinColumn(name = "subject_id"))
    @OrderColumn(name = "position")
    private List<SubjectPicture> pictures;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Subject() {}

    Subject(List<SubjectPicture> pictures, Instant now) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.createdAt = now;
        this.pictures = List.copyOf(pictures);
    }

    public UUID id() {
        return id;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** In the order they were sent. */
    public List<SubjectPicture> pictures() {
        return List.copyOf(pictures);
    }
}
