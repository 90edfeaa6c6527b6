package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.PriorImages;
import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Images of the untrained model that jobs share. A missing or damaged file leaves its set, so that the image is generated again. */
@InWorker
@Component
class SharedImages {

    private static final Logger log = LoggerFactory.getLogger(SharedImages.class);

    private final PriorImages sets;
    private final StoredPictures pictures;
    private final DurableWriter durable;

    SharedImages(PriorImages sets, StoredPictures pictures, DurableWriter durable) {
        this.sets = sets;
        this.pictures = pictures;
        this.durable = durable;
    }

    /**
     * Makes the job a user of a set.
     *
     * @param images number of required images
     * @return those that exist, by position
     */
    SortedMap<Integer, RgbImage> use(JobRun run, PriorSet set, int images) {
        SortedMap<Integer, RgbImage> found = new TreeMap<>();
        durable.read(() -> sets.use(run.job().jobId(), set, images))
                .forEach((position, file) -> read(set, position, file).ifPresent(image -> found.put(position, image)));
        return found;
    }

    /** Adds an image to a set of the job, in the transaction that stores its file. */
    void keep(JobRun run, PriorSet set, int position, StoredFile file) {
        sets.keep(run.job().jobId(), set, position, file);
    }

    private Optional<RgbImage> read(PriorSet set, int position, String file) {
        try {
            return Optional.of(durable.read(() -> pictures.read(file)));
        } catch (StorageException e) {
            if (e.reason() != Reason.MISSING && e.reason() != Reason.CORRUPT) {
                throw e;
            }
            log.warn("The untrained model's image {} cannot be read and is generated again", file, e);
            durable.write(() -> sets.forget(set, position, file));
            return Optional.empty();
        }
    }
}
