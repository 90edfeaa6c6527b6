package dev.likeness.app.worker.job;

import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.spec.FaceSpec;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FaceDetector;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the faces of a job's facial loss, and logs which pictures show no face. */
@InWorker
@Component
class Faces {

    private final JobProgress progress;
    private final DurableWriter durable;

    Faces(JobProgress progress, DurableWriter durable) {
        this.progress = progress;
        this.durable = durable;
    }

    /** Null without a facial loss. */
    TrainingRequest.@Nullable Faces of(JobRun run) {
        FaceSpec face = run.job().spec().face();
        if (!face.enabled()) {
            return null;
        }
        List<Optional<FaceCrop>> crops = new ArrayList<>();
        List<Integer> without = new ArrayList<>();
        try (FaceDetector detector = FaceDetector.load()) {
            for (RgbImage picture : run.pictures()) {
                run.control().check();
                Optional<FaceCrop> crop = FaceCrop.ofLargest(detector.detect(picture), face.margin(), picture);
                if (crop.isEmpty()) {
                    without.add(crops.size() + 1);
                }
                crops.add(crop);
            }
        }
        if (!without.isEmpty()) {
            Map<String, Object> message = Map.of(
                    "message",
                    "no face was found in pictures %s: they train without the facial loss".formatted(without));
            durable.write(() -> progress.event(run.lease(), EventType.LOG, message));
        }
        return new TrainingRequest.Faces(crops, face.region(), face.weight());
    }
}
