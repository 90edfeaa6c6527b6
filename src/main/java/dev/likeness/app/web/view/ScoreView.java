package dev.likeness.app.web.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Verdict;
import dev.likeness.app.score.Verdicts;
import dev.likeness.diffusion.evaluation.ColourShift;
import dev.likeness.diffusion.evaluation.Colours;
import dev.likeness.diffusion.evaluation.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
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

        @Schema(nullable = true) @Nullable Double reference,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        VerdictView verdict) {

    /** Scores that are not a checkpoint's, and so have no verdict. */
    public static List<ScoreView> unjudged(List<Score> scores) {
        return scores.stream().map(it -> of(it, null)).toList();
    }

    /** @param verdicts of the scores' job */
    public static List<ScoreView> of(List<Score> scores, Verdicts verdicts) {
        return scores.stream()
                .map(it -> of(it, verdicts.of(it).map(VerdictView::of).orElse(null)))
                .toList();
    }

    private static ScoreView of(Score score, @Nullable VerdictView verdict) {
        return new ScoreView(
                SelectionView.of(score),
                score.metric(),
                OutcomeView.of(score),
                score.encoder(),
                score.pairing(),
                score.reference(),
                verdict);
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

    record VerdictView(
            Verdict.Word word,

            Verdict.Sign sign,

            Verdict.Basis against,

            double untrained,

            boolean changed,

            @Schema(nullable = true) @Nullable Double share) {

        static VerdictView of(Verdict verdict) {
            return new VerdictView(
                    verdict.word(),
                    verdict.sign(),
                    verdict.against(),
                    verdict.untrained(),
                    verdict.changed(),
                    verdict.share());
        }
    }

    record ColourShiftView(ColoursView generated, ColoursView real) {

        static @Nullable ColourShiftView of(Score score) {
            ColourShift shift = score.colours();
            return shift == null
                    ? null
                    : new ColourShiftView(ColoursView.of(shift.generated()), ColoursView.of(shift.real()));
        }
    }

    @Schema(name = "Colours")
    record ColoursView(
            double chroma,

            double chromaSpread,

            @Schema(nullable = true) @Nullable Double hue,

            @Schema(nullable = true) @Nullable Double hueSpread) {

        static ColoursView of(Colours colours) {
            return new ColoursView(colours.chroma(), colours.chromaSpread(), colours.hue(), colours.hueSpread());
        }
    }

    record OutcomeView(
            @Schema(nullable = true) @Nullable Double value,

            @Schema(nullable = true) @Nullable String reason,

            int n,

            @Schema(nullable = true) @Nullable List<Double> interval,

            @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
            ColourShiftView colours) {

        static OutcomeView of(Score score) {
            return new OutcomeView(
                    score.value(), score.reason(), score.n(), ScoreView.interval(score), ColourShiftView.of(score));
        }
    }
}
