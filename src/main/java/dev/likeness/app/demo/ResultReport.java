package dev.likeness.app.demo;

import dev.likeness.client.model.ChosenCheckpoint;
import dev.likeness.client.model.Image;
import dev.likeness.client.model.ImageRole;
import dev.likeness.client.model.Job;
import dev.likeness.client.model.Score;
import dev.likeness.client.model.ScoreMetric;
import dev.likeness.client.model.ScoredImages;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the results of a job: a table of scores, and the URLs of its images. */
final class ResultReport {

    private static final ScoreMetric LIKENESS = ScoreMetric.CLIP_I;
    private static final int NARROWEST = 8;

    private final Job job;

    /** @param job a succeeded one, as the service answers it */
    ResultReport(Job job) {
        this.job = job;
    }

    void print(PrintStream out) {
        printScores(out);
        out.println();
        for (Image image : images(ImageRole.RESULT)) {
            out.println("  %s  %s".formatted(image.getUrl(), image.getRecipe().getPrompt()));
        }
        out.println();
        for (Image sheet : images(ImageRole.CONTACT_SHEET)) {
            out.println("Contact sheet  " + sheet.getUrl());
        }
        out.println("The job        " + job.getUrls().getGet());
    }

    private void printScores(PrintStream out) {
        SortedMap<Integer, Map<ScoreMetric, Score>> checkpoints = checkpoints();
        if (checkpoints.isEmpty()) {
            out.println("There are no scores.");
            return;
        }
        Score first =
                Objects.requireNonNull(checkpoints.values().iterator().next().get(LIKENESS));
        out.println("Scores during training, each of %s (%s)".formatted(first.getPairing(), first.getEncoder()));
        List<ScoreMetric> metrics = measured(checkpoints);
        out.println("    step"
                + metrics.stream().map(it -> pad(title(it), width(it))).collect(Collectors.joining()));
        ChosenCheckpoint chosen = job.getCheckpoint();
        checkpoints.forEach((step, scores) -> out.println("  %6d%s%s"
                .formatted(
                        step,
                        metrics.stream()
                                .map(it -> pad(value(scores.get(it)), width(it)))
                                .collect(Collectors.joining()),
                        step == 0
                                ? "  untrained, with the class word"
                                : chosen != null && step.equals(chosen.getStep()) ? "  chosen" : "")));
        out.println("    real%s  the uploaded pictures among themselves".formatted(figure(first.getReference())));
        out.println("Chosen: " + (chosen == null ? "the last step" : chosen.getReason()));
        out.println("CLIP-I of the results, by prompt");
        resultsByPrompt().forEach((prompt, score) -> out.println("%s  %s".formatted(score, prompt)));
    }

    /** The metrics with a value, in the order of the service. */
    private static List<ScoreMetric> measured(SortedMap<Integer, Map<ScoreMetric, Score>> checkpoints) {
        return Arrays.stream(ScoreMetric.values())
                .filter(metric -> checkpoints.values().stream()
                        .map(it -> it.get(metric))
                        .anyMatch(it -> it != null && it.getValue() != null))
                .toList();
    }

    /** {@code clip_i} becomes CLIP-I. */
    private static String title(ScoreMetric metric) {
        return metric.getValue().toUpperCase(Locale.ROOT).replace('_', '-');
    }

    private static int width(ScoreMetric metric) {
        return Math.max(NARROWEST, title(metric).length() + 2);
    }

    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** By step and metric. */
    private SortedMap<Integer, Map<ScoreMetric, Score>> checkpoints() {
        SortedMap<Integer, Map<ScoreMetric, Score>> checkpoints = new TreeMap<>();
        for (Score score : job.getScores()) {
            if (score.getImages() == ScoredImages.CHECKPOINT) {
                checkpoints
                        .computeIfAbsent(score.getStep(), step -> new TreeMap<>())
                        .put(score.getMetric(), score);
            }
        }
        checkpoints.values().removeIf(scores -> !scores.containsKey(LIKENESS));
        return checkpoints;
    }

    private Map<String, String> resultsByPrompt() {
        Map<String, String> values = new TreeMap<>();
        for (Score score : job.getScores()) {
            if (score.getImages() == ScoredImages.RESULTS
                    && score.getMetric() == LIKENESS
                    && !score.getSubset().equals("overall")) {
                values.put(score.getSubset(), value(score));
            }
        }
        return values;
    }

    private static String value(@Nullable Score score) {
        return figure(score == null ? null : score.getValue());
    }

    private static String figure(@Nullable Double figure) {
        return figure == null ? "       -" : String.format(Locale.ROOT, "%8.3f", figure);
    }

    private List<Image> images(ImageRole role) {
        return job.getImages().stream().filter(it -> it.getRole() == role).toList();
    }
}
