package dev.likeness.app.web.openapi;

import dev.likeness.diffusion.evaluation.Metric;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Adds the metrics of {@link Metric} to the document: a field of an evaluation's row for each metric, and their
 * meanings.
 */
class MetricSchemas implements OpenApiCustomizer {

    private static final String ROW = "EvaluationRow";
    private static final String SCORES = "scores";

    /** Before named schemas: the row has a map of scores, whose entries are fields in JSON. */
    @Override
    public void customise(OpenAPI api) {
        Schema<?> row = schema(api, ROW);
        Schema<?> scores = Objects.requireNonNull(row.getProperties().get(SCORES));
        Schema<?> score = (Schema<?>) Objects.requireNonNull(scores.getAdditionalProperties());
        Map<String, Schema> fields = new LinkedHashMap<>(row.getProperties());
        fields.remove(SCORES);
        Metric.deciding().forEach(it -> fields.put(it.wire(), described(score.get$ref(), sentence(it.meaning()))));
        row.setProperties(fields);
    }

    /** Called after texts are added. */
    static void describe(OpenAPI api) {
        String meanings = Arrays.stream(Metric.values())
                .map(it -> "%s: %s (better: %s)"
                        .formatted(it.wire(), it.meaning(), it.direction().words()))
                .collect(Collectors.joining("; ", "", "."));
        schema(api, "ScoreMetric").description(meanings);
        Objects.requireNonNull(schema(api, "Score").getProperties().get("metric"))
                .setDescription(meanings);
    }

    private static Schema<?> schema(OpenAPI api, String name) {
        return Objects.requireNonNull(api.getComponents().getSchemas().get(name));
    }

    /** Readers ignore fields beside a reference, so the reference becomes a part of the schema. */
    private static Schema<?> described(String reference, String text) {
        Schema<?> schema = new Schema<>().description(text);
        schema.setAllOf(List.of(new Schema<>().$ref(reference)));
        return schema;
    }

    private static String sentence(String phrase) {
        return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1) + ".";
    }
}
