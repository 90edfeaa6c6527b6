package dev.likeness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.evaluation.EncoderKind;
import dev.likeness.diffusion.evaluation.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of {@code src/docs/scores.md} is that of the metrics. */
class ScoresPageTests {

    @Test
    void definesEveryMetric() throws IOException {
        List<String> page = Files.readAllLines(Path.of("src/docs/scores.md"));
        List<String> wanted = Stream.concat(
                        Stream.of("| metric | meaning | computed as | encoder | better |", "|---|---|---|---|---|"),
                        Arrays.stream(Metric.values()).map(ScoresPageTests::row))
                .toList();

        assertThat(page).as("the table is%n%s", String.join("\n", wanted)).containsSequence(wanted);
    }

    private static String row(Metric metric) {
        String encoders = metric.encoders().stream().map(EncoderKind::name).collect(Collectors.joining(", otherwise "));
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        metric.wire(),
                        metric.meaning(),
                        metric.formula(),
                        encoders,
                        metric.direction().words());
    }
}
