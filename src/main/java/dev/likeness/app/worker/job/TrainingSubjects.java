package dev.likeness.app.worker.job;

import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.spec.FaceSpec;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.CropMode;
import dev.likeness.diffusion.data.Focus;
import dev.likeness.diffusion.data.LossMask;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceBox;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FaceDetector;
import dev.likeness.diffusion.face.Focuses;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import dev.likeness.diffusion.training.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares a job's pictures for training: crop boxes, faces, crops and masks. Logs which pictures lack what is asked for. */
@InWorker
@Component
class TrainingSubjects {

    private final JobProgress progress;
    private final Subjects subjects;
    private final DurableWriter durable;

    TrainingSubjects(JobProgress progress, Subjects subjects, DurableWriter durable) {
        this.progress = progress;
        this.subjects = subjects;
        this.durable = durable;
    }

    TrainingRequest.Subject of(JobRun run, Prompts prompts) {
        JobSpec spec = run.job().spec();
        List<RgbImage> images = new ArrayList<>();
        for (RgbImage picture : run.pictures()) {
            images.add(spec.training().boxed(images.size(), picture));
        }
        List<List<FaceBox>> found = faces(run, images);
        List<Optional<Focus>> focuses = IntStream.range(0, images.size())
                .mapToObj(i -> Focuses.of(spec.training().crop(), images.get(i), () -> found.get(i)))
                .toList();
        return new TrainingRequest.Subject(
                images, prompts, facialLoss(spec.face(), images, found), focuses, masks(run, images.size()));
    }

    /** The faces of each picture, if they are needed. */
    private List<List<FaceBox>> faces(JobRun run, List<RgbImage> images) {
        FaceSpec face = run.job().spec().face();
        boolean cropped = run.job().spec().training().crop() == CropMode.FACE;
        if (!face.enabled() && !cropped) {
            return List.of();
        }
        List<List<FaceBox>> found = new ArrayList<>();
        try (FaceDetector detector = FaceDetector.load()) {
            for (RgbImage image : images) {
                run.control().check();
                found.add(detector.detect(image));
            }
        }
        List<Integer> without = numbers(found.size(), i -> found.get(i).isEmpty());
        if (!without.isEmpty()) {
            if (face.enabled()) {
                log(run, "no face was found in pictures %s: they train without the facial loss".formatted(without));
            }
            if (cropped) {
                log(run, "no face was found in pictures %s: they are cropped in the middle".formatted(without));
            }
        }
        return found;
    }

    private static TrainingRequest.@Nullable Faces facialLoss(
            FaceSpec face, List<RgbImage> images, List<List<FaceBox>> found) {
        if (!face.enabled()) {
            return null;
        }
        List<Optional<FaceCrop>> crops = IntStream.range(0, images.size())
                .mapToObj(i -> FaceCrop.ofLargest(found.get(i), face.margin(), images.get(i)))
                .toList();
        return new TrainingRequest.Faces(crops, face.region(), face.weight());
    }

    private TrainingRequest.@Nullable Masks masks(JobRun run, int count) {
        JobSpec spec = run.job().spec();
        if (!spec.mask().enabled()) {
            return null;
        }
        List<Optional<RgbImage>> whole =
                durable.read(() -> subjects.masks(run.job().subjectId()));
        List<Optional<RgbImage>> masks = new ArrayList<>();
        for (Optional<RgbImage> mask : whole) {
            int position = masks.size();
            masks.add(mask.map(it -> spec.training().boxed(position, it)));
        }
        List<Integer> without = numbers(count, i -> masks.get(i).isEmpty());
        if (!without.isEmpty()) {
            log(run, "pictures %s have no mask: they train everywhere".formatted(without));
        }
        List<Integer> black = numbers(
                count, i -> masks.get(i).filter(it -> LossMask.share(it) == 0).isPresent());
        if (!black.isEmpty()) {
            log(
                    run,
                    "the masks of pictures %s are black in their crop boxes: everything there counts as outside"
                            .formatted(black));
        }
        return new TrainingRequest.Masks(masks, spec.mask().outside());
    }

    /** From 1, as people count. */
    private static List<Integer> numbers(int count, IntPredicate which) {
        return IntStream.range(0, count).filter(which).map(i -> i + 1).boxed().toList();
    }

    private void log(JobRun run, String message) {
        durable.write(() -> progress.event(run.lease(), EventType.LOG, Map.of("message", message)));
    }
}
