package dev.likeness.app.web.job;

import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.job.Score;
import dev.likeness.app.web.view.ImageView;
import dev.likeness.app.web.view.ScoreView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

@Schema(name = "Checkpoint", description = "Weights of one training step, with what they were judged by.")
record CheckpointView(
        @Schema(description = "Always checkpoint.", example = "checkpoint")
        String object,

        @Schema(description = "Training steps done.", example = "300")
        int step,

        @Schema(description = "Whether these weights are the job's result.", example = "true")
        boolean chosen,

        @Schema(description = "When they were kept.", example = "2026-01-31T12:02:10.123456Z")
        Instant createdAt,

        @Schema(description = "Scores of the images that every checkpoint draws alike.")
        List<ScoreView> scores,

        @Schema(description = "Those images: of the subject, and of the plain class.")
        List<ImageView> images) {

    static CheckpointView of(KeptCheckpoint checkpoint, boolean chosen, List<Score> scores, List<ImageView> images) {
        return new CheckpointView(
                "checkpoint",
                checkpoint.step(),
                chosen,
                checkpoint.createdAt(),
                scores.stream().map(ScoreView::of).toList(),
                images);
    }
}
