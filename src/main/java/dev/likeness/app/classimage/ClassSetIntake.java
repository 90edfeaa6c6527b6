package dev.likeness.app.classimage;

import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.picture.Thumbnail;
import dev.likeness.app.security.Owners;
import dev.likeness.app.upload.DecodedPicture;
import dev.likeness.app.upload.PictureIntake;
import dev.likeness.app.upload.SentPictures;
import dev.likeness.app.upload.Turns;
import dev.likeness.app.upload.UnusablePicturesException;
import dev.likeness.app.upload.Upload;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores class sets, completely or not at all. A set has up to a thousand images, so each is stored as soon as it is
 * decoded, in its own transaction. The set is invisible until the last one is stored, and is deleted if one is refused.
 */
@Service
public class ClassSetIntake {

    /** No request takes that long. */
    private static final Duration ABANDONED = Duration.ofHours(6);

    private static final int AT_ONCE = 2;

    private final PictureIntake intake;
    private final StoredPictures stored;
    private final ClassSets sets;
    private final ClassSetSettings settings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Turns turns = new Turns(AT_ONCE, 1);

    ClassSetIntake(
            PictureIntake intake,
            StoredPictures stored,
            ClassSets sets,
            ClassSetSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.intake = intake;
        this.stored = stored;
        this.sets = sets;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Checks and stores a set. It takes seconds to minutes, so do not call it in a transaction.
     *
     * @throws UnusablePicturesException naming every file that cannot be used
     * @throws ClassImageQuotaException if the current owner would have too many images
     */
    public ClassSet create(String name, SentPictures sent) {
        checkCaptions(sent);
        String owner = Owners.present();
        turns.enter(owner);
        try {
            checkQuota(owner, sent.pictures().size());
            return store(owner, name, sent);
        } finally {
            turns.leave(owner);
        }
    }

    /** A class image does not show the subject. */
    private static void checkCaptions(SentPictures sent) {
        List<PictureProblem> problems = new ArrayList<>();
        for (int i = 0; i < sent.captions().size(); i++) {
            String caption = sent.captions().get(i);
            if (caption != null && caption.contains("{subject}")) {
                Upload picture = sent.pictures().get(i);
                String file = PictureIntake.printable(picture.fileName(), i);
                problems.add(new PictureProblem(
                        i,
                        file,
                        Kind.CAPTION,
                        "The caption of %s names the {subject}, but images of the class do not show it; write {class}."
                                .formatted(file),
                        picture.field()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusablePicturesException(problems);
        }
    }

    private void checkQuota(String owner, int more) {
        int limit = settings.imagesOfOwner();
        if (limit == 0 || Owners.seeEverything()) {
            return;
        }
        long present = jdbc.sql("""
                        select count(*) from class_image where class_set_id in (select id from class_set where owner = ?)
                        """).param(owner).query(Long.class).single();
        if (present + more > limit) {
            throw new ClassImageQuotaException(limit, present);
        }
    }

    private ClassSet store(String owner, String name, SentPictures sent) {
        UUID id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        Instant now = clock.instant();
        Storing storing = new Storing(id, sent);
        jdbc.sql("insert into class_set (id, owner, name, complete, created_at) values (?, ?, ?, false, ?)")
                .params(id, owner, name, Timestamp.from(now))
                .update();
        boolean complete = false;
        try {
            intake.decode(sent.pictures(), settings.ofSet(), storing::keep);
            sets.complete(id, storing.duplicates);
            complete = true;
            return sets.get(id);
        } finally {
            if (!complete) {
                transaction.executeWithoutResult(status -> sets.remove(id));
            }
        }
    }

    /** Deletes sets whose process ended before they were complete. */
    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteAbandoned() {
        Timestamp before = Timestamp.from(clock.instant().minus(ABANDONED));
        jdbc.sql("select id from class_set where not complete and created_at < ?")
                .param(before)
                .query(UUID.class)
                .list()
                .forEach(id -> transaction.executeWithoutResult(status -> sets.remove(id)));
    }

    /** A set that is being stored. */
    private final class Storing {
        private final UUID id;
        private final SentPictures sent;
        private final List<String> duplicates = new ArrayList<>();
        private int count;

        Storing(UUID id, SentPictures sent) {
            this.id = id;
            this.sent = sent;
        }

        void keep(DecodedPicture picture) {
            @Nullable String caption = sent.captions().get(picture.index());
            boolean added = Boolean.TRUE.equals(transaction.execute(status -> insert(picture, caption)));
            if (added) {
                count++;
            } else {
                duplicates.add(picture.fileName());
            }
        }

        private boolean insert(DecodedPicture picture, @Nullable String caption) {
            StoredFile file = stored.keep(picture.image(), Map.of());
            StoredFile thumbnail = stored.keep(Thumbnail.of(picture.image()), Map.of());
            int added = jdbc.sql("""
                            insert into class_image
                            (class_set_id, position, file_name, file_sha256, thumbnail_sha256, width, height, original_format, caption)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (class_set_id, file_sha256) do nothing
                            """)
                    .params(
                            id,
                            count,
                            picture.fileName(),
                            file.sha256(),
                            thumbnail.sha256(),
                            picture.image().width(),
                            picture.image().height(),
                            picture.originalFormat())
                    .param(caption)
                    .update();
            return added == 1;
        }
    }
}
