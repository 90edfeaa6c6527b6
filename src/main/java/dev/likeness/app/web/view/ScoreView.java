package dev.likeness.app.web.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.diffusion.evaluation.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Schema(name = "Score")
public record ScoreView(
        @JsonUnwrapped SelectionView selection,

        Metric metric,

        @JsonUnwrapped OutcomeView outcome,

        String encoder,

        String pairing,

        @Schema(nullable = true) @Nullable Double reference) {

    public static ScoreView of(Score score) {
        return new ScoreView(
                SelectionView.of(score),
                score.metric(),
                OutcomeView.of(score),
                score.encoder(),
                score.pairing(),
                score.reference());
    }

    /** The bounds of the interval; null without an interval. */
    public static @Nullable List<Double> interval(Score score) {
        Interval interval = score.interval();
        return interval == null ? null : List.of(interval.low(), interval.high());
    }

    record SelectionView(ImageSet images, int step, String subset) {

        private static final String OVERALL = "overall";

        static SelectionView of(Score score) {
            return new SelectionView(score.images(), score.step(), Objects.requireNonNullElse(score.subset(), OVERALL));
        }
    }

    record OutcomeView(
            @Schema(nullable = true) @Nullable Double value,

            @Schema(nullable = true) @Nullable String reason,

            int n,

            @Schema(nullable = true) @Nullable List<Double> interval) {

        static OutcomeView of(Score score) {
            return new OutcomeView(score.value(), score.reason(), score.n(), ScoreView.interval(score));
        }
    }
}
