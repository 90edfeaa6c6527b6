package dev.likeness.app.worker;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.evaluation.EvaluationTable;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.subject.Subjects;
import dev.likeness.diffusion.data.ContactSheet;
import dev.likeness.diffusion.data.ContactSheet.Row;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Metric;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** The comparison of methods as a page of the documentation. */
final class ComparisonReport {

    private static final int CELL = 96;
    private static final String UNTRAINED = "Untrained";
    private static final String SCHEDULERS = "<!-- schedulers -->";
    private static final String END_OF_SCHEDULERS = "<!-- end of schedulers -->";

    private final JobResults results;
    private final Subjects subjects;
    private final StoredPictures pictures;
    private final Map<String, List<Trained>> bySubject = new LinkedHashMap<>();

    ComparisonReport(ApplicationContext context) {
        results = context.getBean(JobResults.class);
        subjects = context.getBean(Subjects.class);
        pictures = new StoredPictures(context.getBean(ArtifactStore.class));
    }

    /** A finished job of a method. */
    record Trained(String method, Job job) {

        int step() {
            return Objects.requireNonNull(job.chosen()).step();
        }
    }

    void add(String subject, List<Trained> trained) {
        bySubject.put(subject, List.copyOf(trained));
    }

    /** Writes the page and a contact sheet for each subject so far. */
    void write(Path docs) throws IOException {
        Path sheets = Files.createDirectories(docs.resolve("comparison"));
        for (Map.Entry<String, List<Trained>> subject : bySubject.entrySet()) {
            try (OutputStream out = Files.newOutputStream(sheets.resolve(subject.getKey() + ".png"))) {
                Png.write(sheet(subject.getValue()), Map.of(), out);
            }
        }
        Files.writeString(docs.resolve("comparison.md"), page());
    }

    /** Puts a table between its comments in the page of benchmarks. */
    static void writeSchedulers(Path docs, EvaluationTable table) throws IOException {
        Path page = docs.resolve("benchmarks.md");
        String text = Files.readString(page);
        int from = text.indexOf(SCHEDULERS) + SCHEDULERS.length();
        int to = text.indexOf(END_OF_SCHEDULERS);
        Files.writeString(page, text.substring(0, from) + "\n\n" + table.markdown() + "\n" + text.substring(to));
    }

    private RgbImage sheet(List<Trained> trained) {
        Job first = trained.get(0).job();
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("the pictures", subjects.images(first.subjectId())));
        rows.add(new Row(UNTRAINED + ": " + first.classWord(), images(first, 0)));
        for (Trained each : trained) {
            rows.add(new Row(each.method() + ", step " + each.step(), images(each.job(), each.step())));
        }
        return ContactSheet.draw(rows, CELL);
    }

    private List<RgbImage> images(Job job, int step) {
        return results.imagesOfJob(job.id()).stream()
                .filter(it -> it.role() == ImageRole.EVALUATION && it.step() == step)
                .map(JobImage::fileSha256)
                .map(pictures::read)
                .toList();
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Comparison of methods

                Every method on the bundled subjects, six pictures each, with the bundled model and its defaults for the method
                (seed 0 everywhere), written by

                    ./mvnw test -Pcomparison

                Each job generates the same seven prompts from the same seeds with the checkpoints of four steps. It keeps the checkpoint
                with the best balance of likeness and prompts ([scores.md](scores.md#checkpoints)). The step is in the table.

                - CLIP-I is the mean cosine over all pairs of a generated image and a real picture, with a 95 %% bootstrap interval. In
                  brackets is the same figure between distinct real pictures.
                - CLIP-T uses the prompt without the identifier. Its margin is the difference to the other prompts.
                - PRES is the likeness of four images of the plain class to the subject. DIV is how different those four are.
                - Each figure is from one run of seven or four images. Differences inside the intervals mean nothing.
                - The model's own CLIP measures everything (`likeness/tiny-world/clip`). The model has no DINO.

                """.formatted());
        page.append("""
                ## Mean over the subjects

                | method | CLIP-I | CLIP-T | margin | PRES | DIV |
                |---|---|---|---|---|---|
                """);
        for (int variant = -1; variant < methods(); variant++) {
            page.append(mean(variant));
        }
        bySubject.forEach((subject, trained) -> {
            page.append("\n## ")
                    .append(subject)
                    .append("\n\n![](comparison/")
                    .append(subject)
                    .append(".png)\n\n");
            page.append("| method | step | CLIP-I | CLIP-T | margin | PRES | DIV |\n|---|---|---|---|---|---|---|\n");
            page.append(row(UNTRAINED, trained.get(0).job(), 0));
            trained.forEach(each -> page.append(row(each.method(), each.job(), each.step())));
        });
        return page.toString();
    }

    private int methods() {
        return bySubject.values().iterator().next().size();
    }

    /** @param variant number of the method; -1 for the untrained model */
    private String mean(int variant) {
        List<Trained> each = bySubject.values().stream()
                .map(trained -> trained.get(Math.max(variant, 0)))
                .toList();
        StringBuilder row = new StringBuilder("| ");
        row.append(variant < 0 ? UNTRAINED : each.get(0).method());
        for (Metric metric : List.of(Metric.CLIP_I, Metric.CLIP_T, Metric.CLIP_T_MARGIN, Metric.PRES, Metric.DIV)) {
            double mean = each.stream()
                    .mapToDouble(it -> value(score(it.job().id(), metric, variant < 0 ? 0 : it.step())))
                    .average()
                    .orElse(Double.NaN);
            row.append(format(" | %.3f", mean));
        }
        return row.append(" |\n").toString();
    }

    private String row(String method, Job job, int step) {
        Score clipI = score(job.id(), Metric.CLIP_I, step);
        Interval interval = Objects.requireNonNull(clipI.interval());
        return format(
                "| %s | %d | %.3f, %.3f to %.3f (%.3f) | %.3f | %.3f | %.3f | %.3f |%n",
                method,
                step,
                value(clipI),
                interval.low(),
                interval.high(),
                clipI.reference(),
                value(score(job.id(), Metric.CLIP_T, step)),
                value(score(job.id(), Metric.CLIP_T_MARGIN, step)),
                value(score(job.id(), Metric.PRES, step)),
                value(score(job.id(), Metric.DIV, step)));
    }

    private Score score(UUID job, Metric metric, int step) {
        return results.scoresOf(List.of(job)).getOrDefault(job, List.of()).stream()
                .filter(it -> it.images() == ImageSet.CHECKPOINT && it.metric() == metric && it.step() == step)
                .findFirst()
                .orElseThrow();
    }

    private static double value(Score score) {
        return Objects.requireNonNull(score.value());
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
