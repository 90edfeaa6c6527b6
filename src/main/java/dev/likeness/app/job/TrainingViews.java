package dev.likeness.app.job;

import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.UnknownModelException;
import dev.likeness.app.picture.FaceSearch;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.SubjectMask;
import dev.likeness.app.subject.SubjectPicture;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownPictureException;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.diffusion.data.CropMode;
import dev.likeness.diffusion.data.Framing;
import dev.likeness.diffusion.data.LossMask;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingFrame;
import dev.likeness.diffusion.face.Focuses;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Pictures as a job's training sees them. */
@Service
public class TrainingViews {

    private final Jobs jobs;
    private final Subjects subjects;
    private final StoredPictures stored;
    private final ModelCatalogue models;
    private final FaceSearch faces;

    TrainingViews(Jobs jobs, Subjects subjects, StoredPictures stored, ModelCatalogue models, FaceSearch faces) {
        this.jobs = jobs;
        this.subjects = subjects;
        this.stored = stored;
        this.models = models;
        this.faces = faces;
    }

    /**
     * The training picture, with its mask if the job uses masks: what does not count is gray. With random crops it is the
     * resized picture, from which the crops are cut.
     *
     * @param position of the picture, from 0
     * @throws UnknownIdException if there is no such job
     * @throws UnknownPictureException if its subject has no such picture
     * @throws UnknownModelException if the size depends on the job's model, which there is no longer
     */
    public RgbImage of(UUID jobId, int position) {
        Job job = jobs.get(jobId);
        JobSpec spec = job.spec();
        SubjectPicture picture = subjects.picture(job.subjectId(), position);
        RgbImage image = spec.training().boxed(position, stored.read(picture.fileSha256()));
        CropMode crop = spec.training().crop();
        Framing framing = new Framing(spec.training().resolution(), stride(spec), crop == CropMode.RANDOM);
        List<TrainingFrame> frames = framing.frames(
                image.width(),
                image.height(),
                Focuses.of(crop, image, () -> Objects.requireNonNullElse(faces.in(image), List.of())));
        TrainingFrame frame = frames.get(0);
        RgbImage resized = frame.resized(image);
        RgbImage seen = crop == CropMode.RANDOM ? resized : frame.cut(resized);
        SubjectMask mask = picture.mask();
        if (mask == null || !spec.mask().enabled()) {
            return seen;
        }
        RgbImage marked = spec.training().boxed(position, stored.read(mask.fileSha256()));
        LossMask weights = new LossMask(marked, spec.mask().outside());
        return weights.show(seen, crop == CropMode.RANDOM ? weights.resized(frame) : weights.cut(frame));
    }

    /** 0 without buckets. */
    private int stride(JobSpec spec) {
        return spec.training().buckets()
                ? models.find(spec.model())
                        .map(BaseModel::sizeMultiple)
                        .orElseThrow(() -> UnknownModelException.missing(spec.model()))
                : 0;
    }
}
