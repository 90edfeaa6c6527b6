package dev.likeness.app.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of a job: its scores side by side, and where its images are. */
final class ResultReport {

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
        JsonNode before = clipI(0, "overall");
        JsonNode after = clipI(null, "overall");
        if (before == null || after == null) {
            out.println("There are no scores.");
            return;
        }
        out.println("CLIP-I, the likeness to the pictures sent (%s, %s)"
                .formatted(
                        after.required("encoder").stringValue(),
                        after.required("pairing").stringValue()));
        out.println("  %s  before: the base model, asked for \"a photo of a %s\""
                .formatted(value(before, "value"), job.required("class_word").stringValue()));
        out.println("  %s  after training".formatted(value(after, "value")));
        out.println("  %s  the pictures sent among themselves".formatted(value(after, "reference")));
        out.println("After training, by prompt");
        afterByPrompt().forEach((prompt, score) -> out.println("  %s  %s".formatted(score, prompt)));
    }

    private Map<String, String> afterByPrompt() {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode score : job.required("scores")) {
            String subset = score.path("subset").stringValue("overall");
            if (isClipI(score) && score.required("step").intValue() > 0 && !subset.equals("overall")) {
                values.put(subset, value(score, "value"));
            }
        }
        return values;
    }

    /** @param step exactly this one; null for any after training began */
    private @Nullable JsonNode clipI(@Nullable Integer step, String subset) {
        for (JsonNode score : job.required("scores")) {
            int at = score.required("step").intValue();
            boolean wanted = step == null ? at > 0 : at == step;
            if (isClipI(score) && wanted && score.path("subset").stringValue("").equals(subset)) {
                return score;
            }
        }
        return null;
    }

    private static boolean isClipI(JsonNode score) {
        return score.required("metric").stringValue().equals("clip_i");
    }

    private static String value(JsonNode score, String field) {
        return score.hasNonNull(field)
                ? String.format(Locale.ROOT, "%6.3f", score.get(field).doubleValue())
                : "     -";
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
