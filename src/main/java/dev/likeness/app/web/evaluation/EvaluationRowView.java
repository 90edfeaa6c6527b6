package dev.likeness.app.web.evaluation;

import dev.likeness.app.job.EvaluationImage;
import dev.likeness.app.job.EvaluationRow;
import dev.likeness.app.job.Metric;
import dev.likeness.app.job.NewScore;
import dev.likeness.app.job.NewScore.Interval;
import dev.likeness.app.web.http.Links;
import dev.likeness.app.web.openapi.Examples;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "EvaluationRow", description = "One job with one sampler and number of steps.")
record EvaluationRowView(
        @Schema(description = "Id of the job whose weights drew.", example = Examples.JOB)
        UUID jobId,

        @Schema(description = "Training method of the job.", example = "dreambooth")
        String method,

        @Schema(description = "Sampler, which others call the scheduler.", example = "ddim")
        String sampler,

        @Schema(description = "Sampler steps.", example = "50")
        int steps,

        @Schema(description = "Whether the job had prior preservation.", example = "true")
        boolean prior,

        @Schema(description = "Training step of the weights that drew.", example = "400")
        int step,

        @Schema(
                description = "Likeness to the pictures sent, as CLIP sees it.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        EvaluationScoreView clipI,

        @Schema(
                description = "How well images show their prompt, without the identifier.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        EvaluationScoreView clipT,

        @Schema(
                description = "Likeness to the pictures sent, as DINO sees it.",
                schemaResolution = SchemaResolution.ALL_OF_REF)
        EvaluationScoreView dino,

        @Schema(description = "Seconds that drawing an image took, of those its batch took.", example = "0.41")
        double secondsPerImage,

        @Schema(
                description = "Where the PNGs are, prompt by prompt; each has its recipe inside.",
                example = "[\"http://localhost:8080/v1/images/0199f3c8-77aa-7c01-9d2e-2f6b8c9d0e1f\"]")
        List<URI> images) {

    /** @param images of all rows */
    static EvaluationRowView of(EvaluationRow row, List<EvaluationImage> images) {
        return new EvaluationRowView(
                row.jobId(),
                row.method(),
                row.sampler(),
                row.steps(),
                row.prior(),
                row.step(),
                EvaluationScoreView.of(row.score(Metric.CLIP_I)),
                EvaluationScoreView.of(row.score(Metric.CLIP_T)),
                EvaluationScoreView.of(row.score(Metric.DINO)),
                row.secondsPerImage(),
                images.stream()
                        .filter(it -> it.row() == row.position())
                        .map(it -> Links.image(it.id()))
                        .toList());
    }

    @Schema(name = "EvaluationScore", description = "A score of the images of a row.")
    record EvaluationScoreView(
            @Schema(description = "The figure; null if it could not be measured.", example = "0.646", nullable = true)
            @Nullable
            Double value,

            @Schema(description = "Bounds of a 95 % bootstrap interval.", example = "[0.61, 0.68]", nullable = true)
            @Nullable
            List<Double> interval,

            @Schema(description = "Pairs, or images with their prompts, that it is the mean of.", example = "24")
            int n,

            @Schema(
                    description = "The same figure between distinct real pictures; of clip_t, that of the real pictures"
                            + " with the plain class.",
                    example = "0.676",
                    nullable = true)
            @Nullable
            Double reference,

            @Schema(description = "What made the embeddings.", example = "likeness/tiny-world/clip")
            String encoder,

            @Schema(
                    description = "Why it could not be measured; null if it could.",
                    example = "the model brings no dino encoder",
                    nullable = true)
            @Nullable
            String reason) {

        static EvaluationScoreView of(NewScore score) {
            Interval interval = score.interval();
            return new EvaluationScoreView(
                    score.value(),
                    interval == null ? null : List.of(interval.low(), interval.high()),
                    score.n(),
                    score.reference(),
                    score.encoder(),
                    score.reason());
        }
    }
}
