package dev.likeness.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTests {

    @TempDir
    private Path scratch;

    @Test
    void printsAMeasurementAsALineOfJson() throws Exception {
        List<String> lines = new Bench(
                        BenchOptions.parse(
                                "--workloads",
                                "text",
                                "--repetitions",
                                "1",
                                "--warmup",
                                "1",
                                "--steps",
                                "2",
                                "--threads",
                                "1",
                                "--batch",
                                "2",
                                "--scratch",
                                scratch.toString()),
                        new PrintStream(OutputStream.nullOutputStream()))
                .run();

        assertThat(lines).hasSize(1);
        JsonNode line = JsonMapper.shared().readTree(lines.get(0));
        assertThat(line.at("/name").asString()).isEqualTo("text");
        assertThat(line.at("/model").asString()).isEqualTo("tiny-world");
        assertThat(line.at("/median_seconds").asDouble()).isPositive();
        assertThat(line.at("/wall_seconds").asDouble())
                .isGreaterThanOrEqualTo(2 * line.at("/quartiles_seconds/0").asDouble());
        assertThat(line.at("/first_step_seconds").asDouble()).isPositive();
        assertThat(line.at("/peak_resident_bytes").asLong())
                .isGreaterThan(50L << 20)
                .isGreaterThanOrEqualTo(line.at("/peak_resident_steps_bytes").asLong());
        assertThat(line.at("/minor_faults_per_step").asDouble()).isPositive();
        assertThat(line.at("/size/batch").asInt()).isEqualTo(2);
        assertThat(line.at("/threads").asInt()).isEqualTo(1);
        assertThat(line.at("/versions/torch").asString()).startsWith("2.");
    }

    @Test
    void leavesTheLinesOfWhatWasMeasuredBeforeAFailure() throws Exception {
        Path out = scratch.resolve("lines.jsonl");
        Bench bench = new Bench(
                BenchOptions.parse(
                        "--workloads",
                        "text",
                        "--repetitions",
                        "1",
                        "--warmup",
                        "0",
                        "--steps",
                        "1",
                        "--variant",
                        "broken:JAVA_TOOL_OPTIONS=-XX:NoSuchOption",
                        "--scratch",
                        scratch.toString(),
                        "--out",
                        out.toString()),
                new PrintStream(OutputStream.nullOutputStream()));

        assertThatIllegalStateException().isThrownBy(bench::run).withMessageContaining("NoSuchOption");
        assertThat(out).content().contains("\"name\":\"text\"").hasLineCount(1);
    }

    /** Otherwise the kernel clears some two thousand pages for every step, which took a tenth of its time. */
    @Test
    void aTrainingStepReusesTheMemoryOfTheStepBefore() throws Exception {
        List<String> lines = new Bench(
                        BenchOptions.parse(
                                "--workloads",
                                "train-lora",
                                "--repetitions",
                                "1",
                                "--warmup",
                                "5",
                                "--steps",
                                "10",
                                "--threads",
                                "1",
                                "--scratch",
                                scratch.toString()),
                        new PrintStream(OutputStream.nullOutputStream()))
                .run();

        assertThat(JsonMapper.shared()
                        .readTree(lines.get(0))
                        .at("/minor_faults_per_step")
                        .asDouble())
                .isLessThan(500);
    }

    @Nested
    class Options {

        @Test
        void areKnown() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BenchOptions.parse("--stepz", "3"))
                    .withMessageContaining("--stepz")
                    .withMessageContaining("steps");
            assertThatIllegalArgumentException().isThrownBy(() -> BenchOptions.parse("--steps"));
        }

        @Test
        void nameKnownWorkloads() {
            for (String name : List.of("train", "train-all", "train-lora-fp64", "train-ti-text", "samples")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Workloads.named(name))
                        .withMessageContaining(name);
            }
            assertThat(Workloads.DEFAULT).allSatisfy(Workloads::named);
            Workloads.named("train-full-bf16-8bit-checkpointing");
        }

        @Test
        void nameVariantsWithTheirVariables() {
            Contender variant = Contender.variant("kept:A=1,B=x=y,checkout=/other");

            assertThat(variant.name()).isEqualTo("kept");
            assertThat(variant.variables()).isEqualTo(Map.of("A", "1", "B", "x=y"));
            assertThat(variant.checkout()).isEqualTo(Path.of("/other"));
        }
    }

    /** Of repetitions that are made up. */
    @Nested
    class Lines {

        private final Task task = new Task(
                "train-lora",
                "m",
                "f",
                "i",
                new Task.Size(64, 4, 4, 4, 6),
                new Task.Effort(1, 3, 2, "cpu"),
                new Task.Job(400, 48));

        private static Sample sample(double loss, double cpu, Double... steps) {
            return new Sample(
                    List.of(steps),
                    List.of(loss),
                    null,
                    Map.of("phase", cpu),
                    9.0,
                    8.0,
                    new Sample.Used(4, cpu, 30, 0),
                    new Sample.Peak(1000, 500, null),
                    Map.of());
        }

        @Test
        void summariseTheMediansOfRepetitions() {
            Map<String, Object> line = Summary.line(
                    task,
                    "likeness",
                    List.of(sample(1, 2, 1.0, 50.0, 2.0), sample(1, 3, 3.0, 4.0, 4.0), sample(1, 9, 1.0, 1.0, 1.0)));

            assertThat(line)
                    .containsEntry("median_seconds", 2.0)
                    .containsEntry("quartiles_seconds", List.of(1.5, 3.0))
                    .containsEntry("steps_per_second", 0.5)
                    .containsEntry("cpu_seconds", 3.0)
                    .containsEntry("parts_seconds", Map.of("phase", 3.0))
                    .containsEntry("minor_faults_per_step", 10.0);
        }

        @Test
        void compareRepetitionsInPairs() {
            Map<String, Object> line = Summary.ratio(
                    task,
                    "likeness",
                    List.of(sample(1, 2, 1.0), sample(1, 2, 8.0), sample(1, 2, 3.0)),
                    "diffusers",
                    List.of(sample(1.0005, 4, 2.0), sample(1, 4, 8.0), sample(1, 4, 4.0)));

            assertThat(line)
                    .containsEntry("time", 0.75)
                    .containsEntry("time_range", List.of(0.5, 1.0))
                    .containsEntry("cpu", 0.5)
                    .containsEntry("same_work", true);
            assertThat((Double) line.get("difference")).isCloseTo(0.0005, within(1e-9));
        }

        @Test
        void compareWhatBothHaveDone() {
            Map<String, Object> line = Summary.ratio(
                    task,
                    "likeness",
                    List.of(sample(1, 2, 1.0), sample(1, 2, 8.0)),
                    "diffusers",
                    List.of(sample(1, 4, 2.0)));

            assertThat(line).containsEntry("time", 0.5).containsEntry("repetitions", 1);
        }

        @Test
        void saySoIfTheLossesDiffer() {
            assertThat(Summary.ratio(
                            task, "likeness", List.of(sample(1, 2, 1.0)), "diffusers", List.of(sample(1.01, 2, 1.0))))
                    .containsEntry("same_work", false);
        }
    }
}
