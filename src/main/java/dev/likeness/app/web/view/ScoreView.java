package dev.likeness.app.web.view;

import dev.likeness.app.job.NewScore.Interval;
import dev.likeness.app.job.Score;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Schema(name = "Score", description = "How faithful images are, beside the same figure between the real pictures.")
public record ScoreView(
        @Schema(
                description =
                        "Whose score it is: checkpoint for the images that every checkpoint draws alike, results for"
                                + " the images that were asked for.",
                example = "results",
                allowableValues = {"checkpoint", "results"})
        String images,

        @Schema(
                description =
                        "clip_i and dino: likeness to the pictures sent; clip_t: how well images show their prompt,"
                                + " without the identifier; clip_t_margin: how much better they show it than the other prompts of"
                                + " their set; pres: likeness of the plain class to the subject, what leaked into"
                                + " the class, lower is better; div: how different images of the plain class are.",
                example = "clip_i",
                allowableValues = {"clip_i", "clip_t", "clip_t_margin", "dino", "pres", "div"})
        String metric,

        @Schema(description = "The figure; null if it could not be measured.", example = "0.646", nullable = true)
        @Nullable
        Double value,

        @Schema(
                description = "Why it could not be measured; null if it could.",
                example = "the model brings no dino encoder",
                nullable = true)
        @Nullable
        String reason,

        @Schema(description = "Pairs, or images with their prompts, that it is the mean of.", example = "72")
        int n,

        @Schema(
                description = "Bounds of a 95 % bootstrap interval: where other seeds and other pictures of the subject"
                        + " might have brought it.",
                example = "[0.61, 0.68]",
                nullable = true)
        @Nullable
        List<Double> interval,

        @Schema(description = "What made the embeddings.", example = "likeness/tiny-world/clip")
        String encoder,

        @Schema(description = "Which pictures were compared.", example = "all generated x real")
        String pairing,

        @Schema(
                description = "The same figure between distinct real pictures: what a perfect likeness would get.",
                example = "0.676",
                nullable = true)
        @Nullable
        Double reference,

        @Schema(description = "Training step; 0 is the base model, prompted with the plain class.", example = "400")
        int step,

        @Schema(description = "overall, or the prompt whose images alone were scored.", example = "overall")
        String subset) {

    private static final String OVERALL = "overall";

    public static ScoreView of(Score score) {
        Interval interval = score.interval();
        return new ScoreView(
                score.images().wire(),
                score.metric().wire(),
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
