package dev.likeness.app.web.view;

import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.score.Score;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Combines images with scores. */
public final class ImageViews {

    private ImageViews() {}

    public static List<ImageView> of(List<JobImage> images, List<Score> scores) {
        return images.stream().map(it -> ImageView.of(it, score(it, scores))).toList();
    }

    /** CLIP-I of the images of the same prompt at the same step. */
    private static @Nullable Double score(JobImage image, List<Score> scores) {
        ImageRecipe recipe = image.recipe();
        if (recipe == null || image.role() != ImageRole.RESULT) {
            return null;
        }
        return scores.stream()
                .filter(it -> it.metric() == Metric.CLIP_I
                        && it.step() == image.step()
                        && recipe.prompt().equals(it.subset()))
                .map(Score::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
