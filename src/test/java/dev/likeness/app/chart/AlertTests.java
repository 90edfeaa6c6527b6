package dev.likeness.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The documentation describes every alert of the chart, with its exact expression. */
class AlertTests {

    private static final List<Path> DOCUMENTATION =
            List.of(Path.of("src/docs/observability.md"), Path.of("src/docs/kubernetes.md"));

    private static final Pattern ROW = Pattern.compile("\\| `(Likeness\\w+)` \\| (\\w+) \\| `(.+?)` \\| (\\d+m) \\|");

    private static final String OF_THE_RELEASE = "job=\"ns/rel-likeness\"";

    /** One with the release it is of. */
    private static final Pattern METRIC = Pattern.compile("\\w+\\{[^}]*" + OF_THE_RELEASE + "}");

    @Test
    void areThoseOfTheDocumentation() throws IOException {
        assertThat(alerts()).isEqualTo(documented());
    }

    @Test
    void lookAtTheirReleaseAlone() throws IOException {
        assertThat(rules().values())
                .extracting(it -> METRIC.matcher(it.at("/expr").asString()).replaceAll(""))
                .hasSize(documented().size())
                .noneMatch(it -> it.matches("(?s).*\\b(likeness|http|disk)_.*"));
    }

    private static Map<String, String> alerts() {
        Map<String, String> alerts = new TreeMap<>();
        rules().forEach((name, rule) -> alerts.put(
                name,
                "%s %s %s"
                        .formatted(
                                rule.at("/labels/severity").asString(),
                                rule.at("/for").asString("0m"),
                                rule.at("/expr")
                                        .asString()
                                        .replace("{" + OF_THE_RELEASE + "}", "")
                                        .replace(", " + OF_THE_RELEASE, ""))));
        return alerts;
    }

    private static Map<String, JsonNode> rules() {
        Map<String, JsonNode> rules = new TreeMap<>();
        Chart.one(Chart.render("cloud-gpu"), "PrometheusRule", "rel-likeness")
                .at("/spec/groups/0/rules")
                .forEach(it -> rules.put(it.at("/alert").asString(), it));
        return rules;
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> alerts = new TreeMap<>();
        for (Path page : DOCUMENTATION) {
            Matcher rows = ROW.matcher(Files.readString(page));
            while (rows.find()) {
                alerts.put(rows.group(1), rows.group(2) + " " + rows.group(4) + " " + rows.group(3));
            }
        }
        return alerts;
    }
}
