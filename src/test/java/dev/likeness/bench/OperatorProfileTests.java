package dev.likeness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.bench.OperatorProfile.Event;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OperatorProfileTests {

    @TempDir
    private Path scratch;

    @Test
    void anOperatorCountsTheTimeOutsideThoseItCalls() {
        List<Map<String, Object>> lines = OperatorProfile.lines(
                new ArrayList<>(List.of(
                        new Event("mm", 1000, 4000),
                        new Event("unet", 0, 10_000),
                        new Event("linear", 500, 5000),
                        new Event("mm", 6000, 2000),
                        new Event("adamw", 10_000, 3000))),
                2);

        assertThat(lines)
                .containsExactly(
                        line("phase", "unet", 5, 0.5),
                        line("phase", "adamw", 1.5, 0.5),
                        line("operator", "mm", 3, 1),
                        line("operator", "unet", 1.5, 0.5),
                        line("operator", "adamw", 1.5, 0.5),
                        line("operator", "linear", 0.5, 0.5));
    }

    private static Map<String, Object> line(String kind, String name, double milliseconds, double calls) {
        return Map.of(kind, name, "milliseconds_per_step", milliseconds, "calls_per_step", calls);
    }

    @Test
    void profilesTheMeasuredSteps() throws Exception {
        Path folder = scratch.resolve("profile");
        new Bench(
                        BenchOptions.parse(
                                "--workloads",
                                "text",
                                "--repetitions",
                                "1",
                                "--warmup",
                                "1",
                                "--steps",
                                "2",
                                "--scratch",
                                scratch.toString(),
                                "--variant",
                                "profile:BENCH_PROFILE=" + folder),
                        new PrintStream(OutputStream.nullOutputStream()))
                .run();

        List<JsonNode> lines = Files.readAllLines(folder.resolve("profile.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(lines)
                .filteredOn(it -> it.path("operator").asString("").contains("attention"))
                .isNotEmpty()
                .allSatisfy(it ->
                        assertThat(it.path("milliseconds_per_step").asDouble()).isPositive());
        assertThat(lines)
                .filteredOn(it -> it.has("phase"))
                .isNotEmpty()
                .allSatisfy(it ->
                        assertThat(it.path("calls_per_step").asDouble() % 0.5).isZero());
    }
}
