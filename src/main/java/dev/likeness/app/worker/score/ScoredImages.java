package dev.likeness.app.worker.score;

import dev.likeness.app.score.ImageSet;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Generated images that are scored together.
 *
 * @param shown content of the images, which determines the metrics
 * @param step training step of the weights
 * @param prompts one for each image, without the identifier; empty for images of the plain class
 * @param subsets one for each image, to score the images of each subset separately; empty for none
 */
public record ScoredImages(
        ImageSet set,
        Metric.Images shown,
        int step,
        List<RgbImage> images,
        List<String> prompts,
        List<String> subsets) {

    public static ScoredImages ofSubject(
            ImageSet set, int step, List<RgbImage> images, List<String> prompts, List<String> subsets) {
        return new ScoredImages(set, Metric.Images.SUBJECT, step, images, prompts, subsets);
    }

    /** Images that a checkpoint generates from the class prompt. */
    public static ScoredImages ofClass(ImageSet set, int step, List<RgbImage> images) {
        return new ScoredImages(set, Metric.Images.PLAIN_CLASS, step, images, List.of(), List.of());
    }

    Set<String> differentSubsets() {
        return new LinkedHashSet<>(subsets);
    }

    /** Indices of the images of a subset. */
    int[] of(String subset) {
        return IntStream.range(0, subsets.size())
                .filter(i -> subsets.get(i).equals(subset))
                .toArray();
    }
}
