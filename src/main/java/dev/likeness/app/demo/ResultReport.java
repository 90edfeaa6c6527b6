package dev.likeness.app.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of a job: its scores side by side, and where its images are. */
final class ResultReport {

    private static final String LIKENESS = "clip_i";
    private static final List<String> METRICS = List.of(LIKENESS, "clip_t", "clip_t_margin", "pres", "div");

    private final JsonNode job;

    /** @param job a succeeded one, as the service answers it */
    ResultReport(JsonNode job) {
        this.job = job;
    }

    void print(PrintStream out) {
        printScores(out);
        out.println();
        for (JsonNode image : images("result")) {
            out.println("  %s  %s"
                    .formatted(
                            image.required("url").stringValue(),
                            image.path("recipe").path("prompt").stringValue("")));
        }
        out.println();
        for (JsonNode sheet : images("contact_sheet")) {
            out.println("Contact sheet  " + sheet.required("url").stringValue());
        }
        out.println("The job        " + job.required("urls").required("get").stringValue());
    }

    private void printScores(PrintStream out) {
        SortedMap<Integer, Map<String, JsonNode>> checkpoints = checkpoints();
        if (checkpoints.isEmpty()) {
            out.println("There are no scores.");
            return;
        }
        JsonNode first =
                Objects.requireNonNull(checkpoints.values().iterator().next().get(LIKENESS));
        out.println("Scores while it learned, each of %s (%s)"
                .formatted(
                        first.required("pairing").stringValue(),
                        first.required("encoder").stringValue()));
        out.println("    step  CLIP-I  CLIP-T  margin    PRES     DIV");
        int chosen = job.path("checkpoint").path("step").asInt(-1);
        checkpoints.forEach((step, scores) -> out.println("  %6d%s%s"
                .formatted(
                        step,
                        METRICS.stream()
                                .map(metric -> value(scores.get(metric), "value"))
                                .collect(Collectors.joining()),
                        step == 0 ? "  untrained, asked for the plain class" : step == chosen ? "  taken" : "")));
        out.println("    real%s  the pictures sent themselves".formatted(value(first, "reference")));
        out.println("Taken: " + job.path("checkpoint").path("reason").stringValue("the last step"));
        out.println("CLIP-I of the results, by prompt");
        resultsByPrompt().forEach((prompt, score) -> out.println("%s  %s".formatted(score, prompt)));
    }

    /** By step and metric. */
    private SortedMap<Integer, Map<String, JsonNode>> checkpoints() {
        SortedMap<Integer, Map<String, JsonNode>> checkpoints = new TreeMap<>();
        for (JsonNode score : job.required("scores")) {
            if (score.required("images").stringValue().equals("checkpoint")) {
                checkpoints
                        .computeIfAbsent(score.required("step").intValue(), step -> new TreeMap<>())
                        .put(score.required("metric").stringValue(), score);
            }
        }
        checkpoints.values().removeIf(scores -> !scores.containsKey(LIKENESS));
        return checkpoints;
    }

    private Map<String, String> resultsByPrompt() {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode score : job.required("scores")) {
            String subset = score.required("subset").stringValue();
            if (score.required("images").stringValue().equals("results")
                    && score.required("metric").stringValue().equals(LIKENESS)
                    && !subset.equals("overall")) {
                values.put(subset, value(score, "value"));
            }
        }
        return values;
    }

    private static String value(@Nullable JsonNode score, String field) {
        return score != null && score.hasNonNull(field)
                ? String.format(Locale.ROOT, "%8.3f", score.get(field).doubleValue())
                : "       -";
    }

    private List<JsonNode> images(String role) {
        List<JsonNode> images = new ArrayList<>();
        for (JsonNode image : job.required("images")) {
            if (image.required("role").stringValue().equals(role)) {
                images.add(image);
            }
        }
        return images;
    }
}
