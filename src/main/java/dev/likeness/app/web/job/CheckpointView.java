package dev.likeness.app.web.job;

import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ScoreView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Checkpoint")
record CheckpointView(
        String object,
        int step,
        boolean chosen,
        Instant createdAt,
        List<ScoreView> scores,
        List<ImageView> images,

        @Schema(nullable = true) @Nullable RawView raw) {

    static CheckpointView of(
            KeptCheckpoint checkpoint,
            boolean chosen,
            List<ScoreView> scores,
            List<ImageView> images,
            @Nullable RawView raw) {
        return new CheckpointView("checkpoint", checkpoint.step(), chosen, checkpoint.createdAt(), scores, images, raw);
    }

    /** The weights themselves, of a training whose checkpoints are averages. */
    @Schema(name = "RawWeights")
    record RawView(List<ScoreView> scores, List<ImageView> images) {}
}
