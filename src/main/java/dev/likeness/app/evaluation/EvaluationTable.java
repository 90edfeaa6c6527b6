package dev.likeness.app.evaluation;

import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.Methods;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.wire.Quantity;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An evaluation as a table in the style of a paper.
 *
 * @param rows the finished ones
 * @param complete whether all rows are finished
 */
public record EvaluationTable(EvaluationSpec spec, List<EvaluationRow> rows, boolean complete) {

    /** The table as Markdown, with notes below it. */
    public String markdown() {
        List<Column> columns = columns();
        Stream<String> head = Stream.of(
                line(columns.stream().map(Column::name)), line(columns.stream().map(Column::rule)));
        Stream<String> body = rows.stream().map(row -> line(columns.stream().map(it -> it.cell.apply(row))));
        return Stream.of(head, body, Stream.of(""), notes().stream().map("- "::concat))
                .flatMap(Function.identity())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        if (isJobNeeded()) {
            columns.add(Column.words("Job", row -> row.jobId().toString()));
        }
        if (distinct(EvaluationRow::method) > 1) {
            columns.add(Column.words("Method", row -> title(row.method())));
        }
        if (areWeightsMixed()) {
            columns.add(Column.figures("Training steps", row -> Integer.toString(row.step())));
        }
        columns.add(Column.words(
                "Scheduler",
                row -> Wire.of(Sampler.class, row.sampler()).map(Sampler::title).orElse(row.sampler())));
        columns.add(Column.figures("Steps", row -> Integer.toString(row.steps())));
        columns.add(Column.words("Prior preservation", row -> row.prior() ? "with" : "without"));
        for (Metric metric : Metric.deciding()) {
            columns.add(Column.figures(metric.title(), row -> cell(row.score(metric))));
        }
        columns.add(Column.figures("Seconds per image", row -> format("%.2f", row.secondsPerImage())));
        return columns;
    }

    /** Whether the rows of several jobs would otherwise be indistinguishable. */
    private boolean isJobNeeded() {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.method(), row.prior()),
                        Collectors.mapping(EvaluationRow::jobId, Collectors.toSet())))
                .values()
                .stream()
                .anyMatch(jobs -> jobs.size() > 1);
    }

    /** Whether a job's checkpoint was changed during the evaluation. */
    private boolean areWeightsMixed() {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        EvaluationRow::jobId, Collectors.mapping(EvaluationRow::step, Collectors.toSet())))
                .values()
                .stream()
                .anyMatch(steps -> steps.size() > 1);
    }

    private long distinct(Function<EvaluationRow, ?> field) {
        return rows.stream().map(field).distinct().count();
    }

    private static String cell(Score score) {
        Double value = score.outcome().value();
        Interval interval = score.outcome().interval();
        if (value == null) {
            return "–";
        }
        return interval == null
                ? format("%.3f", value)
                : format("%.3f [%.3f, %.3f]", value, interval.low(), interval.high());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!complete) {
            notes.add("%d of %s %s finished."
                    .formatted(rows.size(), Quantity.of(spec.rows(), "row"), rows.size() == 1 ? "is" : "are"));
        }
        if (rows.isEmpty()) {
            return notes;
        }
        notes.add("Each score is the mean over %s (%d per prompt), with its 95 %% bootstrap interval in brackets."
                .formatted(Quantity.of(spec.imagesOfRow(), "image"), spec.imagesPerPrompt()));
        Metric.deciding().forEach(metric -> notes.add(note(metric)));
        notes.add("Weights: " + weights() + ".");
        return notes;
    }

    private String note(Metric metric) {
        List<Score> scores = rows.stream().map(row -> row.score(metric)).toList();
        String missing = list(scores.stream().map(it -> it.outcome().reason()).filter(Objects::nonNull));
        List<Score> found =
                scores.stream().filter(score -> score.outcome().value() != null).toList();
        if (found.isEmpty()) {
            return "%s: not measured, because %s.".formatted(metric.title(), missing);
        }
        DoubleSummaryStatistics references = found.stream()
                .map(Score::reference)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        String note = "%s: %s, by %s"
                .formatted(metric.title(), metric.meaning(), list(found.stream().map(Score::encoder)));
        if (references.getCount() > 0) {
            note += "; " + metric.reference() + " it is " + range(references);
        }
        return note + (missing.isEmpty() ? "." : "; – where " + missing + ".");
    }

    private static String range(DoubleSummaryStatistics figures) {
        String low = format("%.3f", figures.getMin());
        String high = format("%.3f", figures.getMax());
        return low.equals(high) ? low : "%s to %s, by subject".formatted(low, high);
    }

    /** Separately for each job, as another checkpoint may be chosen meanwhile. */
    private String weights() {
        if (distinct(EvaluationRow::step) == 1) {
            return trained(rows);
        }
        Map<UUID, List<EvaluationRow>> jobs = rows.stream()
                .collect(Collectors.groupingBy(EvaluationRow::jobId, LinkedHashMap::new, Collectors.toList()));
        return jobs.entrySet().stream()
                .map(job -> "of job %s %s".formatted(job.getKey(), trained(job.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static String trained(List<EvaluationRow> rows) {
        List<Integer> steps = rows.stream().map(EvaluationRow::step).distinct().toList();
        return "after %s training step%s"
                .formatted(list(steps.stream().map(Object::toString)), steps.equals(List.of(1)) ? "" : "s");
    }

    private static String title(String method) {
        return Methods.find(method).map(MethodType::title).orElse(method);
    }

    private static String list(Stream<String> words) {
        return words.distinct().collect(Collectors.joining(", "));
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private record Column(String name, String rule, Function<EvaluationRow, String> cell) {

        static Column words(String name, Function<EvaluationRow, String> cell) {
            return new Column(name, "---", cell);
        }

        static Column figures(String name, Function<EvaluationRow, String> cell) {
            return new Column(name, "---:", cell);
        }
    }
}
