package dev.likeness.app.subject;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.page.Listing;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.picture.Thumbnail;
import dev.likeness.app.security.Owners;
import dev.likeness.app.upload.AdmittedPictures;
import dev.likeness.app.upload.CheckedPicture;
import dev.likeness.app.upload.PictureIntake;
import dev.likeness.app.upload.TooManyPixelsException;
import dev.likeness.app.upload.Turns;
import dev.likeness.app.upload.UnusablePicturesException;
import dev.likeness.app.upload.Upload;
import dev.likeness.diffusion.data.LossMask;
import dev.likeness.diffusion.data.RgbImage;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Subjects and their pictures. */
@Service
public class Subjects {

    /**
     * Number of uploads whose pictures are in memory at the same time: 75 MB each with six of the largest stored
     * pictures.
     */
    static final int AT_ONCE = 4;

    /** The most uploads of one owner among these, so that other owners have a place. */
    static final int OF_AN_OWNER = 2;

    private final Turns turns = new Turns(AT_ONCE, OF_AN_OWNER);
    private final PictureIntake intake;
    private final SubjectRepository subjects;
    private final StoredPictures stored;
    private final ArtifactStore files;
    private final Clock clock;

    Subjects(
            PictureIntake intake, SubjectRepository subjects, StoredPictures stored, ArtifactStore files, Clock clock) {
        this.intake = intake;
        this.subjects = subjects;
        this.stored = stored;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Checks, decodes and measures every file. Takes seconds for large pictures, so do not call it in a transaction.
     *
     * @param classWord of the subject; if it means a person, faces are counted
     * @return the pictures, for example for {@link #keep}. They are in memory until they are closed, so few callers are
     *     admitted at a time
     * @throws UnusablePicturesException naming every file that cannot be used
     * @throws TooManyPixelsException if the current owner has exceeded the limit of decoded pixels
     */
    public AdmittedPictures admit(String classWord, List<Upload> uploads) {
        String owner = Owners.present();
        turns.enter(owner);
        boolean admitted = false;
        try {
            AdmittedPictures pictures =
                    new AdmittedPictures(intake.check(uploads, PersonWords.mean(classWord)), () -> turns.leave(owner));
            admitted = true;
            return pictures;
        } finally {
            if (!admitted) {
                turns.leave(owner);
            }
        }
    }

    /**
     * Stores a job's subject with its pictures, all or nothing. Takes part in the caller's transaction, if any.
     *
     * @param captions the user's, one per picture; empty for none
     */
    @Transactional
    public Subject keep(String classWord, List<CheckedPicture> pictures, List<String> captions) {
        return keep(classWord, false, pictures, captions);
    }

    /** As {@link #keep}, for a subject without a job. */
    @Transactional
    public Subject keepByItself(String classWord, List<CheckedPicture> pictures, List<String> captions) {
        return keep(classWord, true, pictures, captions);
    }

    private Subject keep(String classWord, boolean standalone, List<CheckedPicture> pictures, List<String> captions) {
        List<SubjectPicture> kept = pictures.stream().map(this::keep).toList();
        Subject subject = new Subject(classWord, standalone, kept, Findings.of(pictures), clock.instant());
        if (!captions.isEmpty()) {
            subject.caption(captions, clock.instant());
        }
        return subjects.save(subject);
    }

    /** @throws UnknownSubjectException if it does not exist */
    @Transactional(readOnly = true)
    public Subject get(UUID id) {
        return subjects.findById(id).orElseThrow(() -> new UnknownSubjectException(id));
    }

    /**
     * Subjects beyond a position, in its direction.
     *
     * @param classWord the beginning of their class word, in any case; may be empty
     */
    @Transactional(readOnly = true)
    public KeysetPage<Subject> page(String classWord, KeysetScrollPosition from, int limit) {
        return Listing.page(
                subjects,
                (subject, query, builder) -> classWord.isEmpty()
                        ? builder.conjunction()
                        : Listing.startsWith(builder, subject.get("classWord"), classWord),
                from,
                limit);
    }

    /**
     * A picture of a subject.
     *
     * @param position from 0
     * @throws UnknownSubjectException if the subject does not exist
     * @throws UnknownPictureException if it has no such picture
     */
    @Transactional(readOnly = true)
    public SubjectPicture picture(UUID id, int position) {
        List<SubjectPicture> pictures = get(id).pictures();
        if (position < 0 || position >= pictures.size()) {
            throw new UnknownPictureException(id, position);
        }
        return pictures.get(position);
    }

    /**
     * The mask of a picture.
     *
     * @param position from 0
     * @throws UnknownSubjectException if the subject does not exist
     * @throws UnknownPictureException if it has no such picture
     * @throws NoMaskException if the picture has no mask
     */
    @Transactional(readOnly = true)
    public SubjectMask mask(UUID id, int position) {
        SubjectMask mask = picture(id, position).mask();
        if (mask == null) {
            throw new NoMaskException(id, position);
        }
        return mask;
    }

    /**
     * Loads a subject and locks its row. No other transaction writes it, deletes it or adds references to it until the
     * caller's transaction ends.
     *
     * @throws UnknownSubjectException if it does not exist
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Subject lock(UUID id) {
        return subjects.findLockedById(id).orElseThrow(() -> new UnknownSubjectException(id));
    }

    /** The existing subjects among these, by id. */
    @Transactional(readOnly = true)
    public Map<UUID, Subject> find(Collection<UUID> ids) {
        return subjects.findAll(ids).stream().collect(Collectors.toMap(Subject::id, Function.identity()));
    }

    /**
     * The decoded pictures of a subject in the order of the upload.
     *
     * @throws UnknownSubjectException if it does not exist
     * @throws StorageException if a file is missing or damaged
     */
    @Transactional(readOnly = true)
    public List<RgbImage> images(UUID id) {
        return get(id).pictures().stream()
                .map(it -> stored.read(it.fileSha256()))
                .toList();
    }

    /**
     * The masks of a subject's pictures in the order of the upload; empty for a picture without one.
     *
     * @throws UnknownSubjectException if the subject does not exist
     * @throws StorageException if a file is missing or damaged
     */
    @Transactional(readOnly = true)
    public List<Optional<RgbImage>> masks(UUID id) {
        return get(id).pictures().stream()
                .map(it -> Optional.ofNullable(it.mask()).map(mask -> stored.read(mask.fileSha256())))
                .toList();
    }

    /** Deletes a subject with its pictures. A file is deleted with the last reference to it. */
    @Transactional
    public void delete(UUID id) {
        subjects.findById(id).ifPresent(subject -> {
            subjects.delete(subject);
            files.release(subject.pictures().stream()
                    .flatMap(it -> it.files().stream())
                    .toList());
        });
    }

    private SubjectPicture keep(CheckedPicture picture) {
        RgbImage image = picture.image();
        StoredFile file = stored.keep(image, Map.of());
        return new SubjectPicture(
                picture.fileName(),
                file.sha256(),
                image.width(),
                image.height(),
                picture.originalFormat(),
                picture.traits().faces(),
                stored.keep(Thumbnail.of(image), Map.of()).sha256(),
                mask(picture.mask()));
    }

    private @Nullable SubjectMask mask(@Nullable RgbImage mask) {
        return mask == null ? null : new SubjectMask(stored.keep(mask, Map.of()).sha256(), LossMask.share(mask));
    }
}
