package dev.likeness.app.web.evaluation;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.score.Score;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.view.ScoreView;
import dev.likeness.diffusion.evaluation.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "EvaluationRow")
record EvaluationRowView(
        UUID jobId,

        @JsonUnwrapped PlannedView planned,

        int step,

        double secondsPerImage,

        List<URI> images,

        @JsonAnyGetter Map<String, EvaluationScoreView> scores) {

    /** @param images of all rows */
    static EvaluationRowView of(EvaluationRow row, List<EvaluationImage> images) {
        return new EvaluationRowView(
                row.jobId(),
                new PlannedView(row.method(), row.sampler(), row.steps(), row.prior()),
                row.step(),
                row.secondsPerImage(),
                images.stream()
                        .filter(it -> it.row() == row.position())
                        .map(it -> Links.image(it.id()))
                        .toList(),
                scores(row));
    }

    private static Map<String, EvaluationScoreView> scores(EvaluationRow row) {
        Map<String, EvaluationScoreView> scores = new LinkedHashMap<>();
        Metric.deciding().forEach(it -> scores.put(it.wire(), EvaluationScoreView.of(row.score(it))));
        return scores;
    }

    record PlannedView(String method, String sampler, int steps, boolean prior) {}

    @Schema(name = "EvaluationScore")
    record EvaluationScoreView(
            @Schema(nullable = true) @Nullable Double value,

            @Schema(nullable = true) @Nullable List<Double> interval,

            int n,

            @Schema(nullable = true) @Nullable Double reference,

            String encoder,

            @Schema(nullable = true) @Nullable String reason) {

        static EvaluationScoreView of(Score score) {
            return new EvaluationScoreView(
                    score.value(),
                    ScoreView.interval(score),
                    score.n(),
                    score.reference(),
                    score.encoder(),
                    score.reason());
        }
    }
}
