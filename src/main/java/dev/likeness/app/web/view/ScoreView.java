package dev.likeness.app.web.view;

import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.ScoreEntity;
import dev.likeness.diffusion.evaluation.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Schema(name = "Score")
public record ScoreView(
        @Schema(allowableValues = {"checkpoint", "results"}) String images,

        Metric metric,

        @Schema(nullable = true) @Nullable Double value,

        @Schema(nullable = true) @Nullable String reason,

        int n,

        @Schema(nullable = true) @Nullable List<Double> interval,

        String encoder,

        String pairing,

        @Schema(nullable = true) @Nullable Double reference,

        int step,

        String subset) {

    private static final String OVERALL = "overall";

    public static ScoreView of(ScoreEntity score) {
        Interval interval = score.interval();
        return new ScoreView(
                score.images().wire(),
                score.metric(),
                score.value(),
                score.reason(),
                score.n(),
                interval == null ? null : List.of(interval.low(), interval.high()),
                score.encoder(),
                score.pairing(),
                score.reference(),
                score.step(),
                Objects.requireNonNullElse(score.subset(), OVERALL));
    }
}
