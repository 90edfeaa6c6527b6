package dev.likeness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.plan.ModelSize;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepWorkTests {

    /** Of the bundled model's text encoder. */
    private static final int LAYERS = 4;

    private static Task task(String workload) throws Exception {
        return BenchOptions.parse("--workloads", workload).tasks().get(0);
    }

    private static StepWork work(String workload) throws Exception {
        return StepWork.of(task(workload)).orElseThrow();
    }

    /** As PyTorch 2.13's own counter (torch.utils.flop_counter) counts for the same model, batch and method in diffusers. */
    @ParameterizedTest
    @CsvSource({"train-full, 10803830784", "train-lora, 7401515008", "sample, 7283163136"})
    void countsWhatPyTorchCounts(String workload, double expected) throws Exception {
        assertThat(work(workload).flops()).isEqualTo(expected);
    }

    @Test
    void countsTheGradientOfTheTextStatesForTextualInversion() throws Exception {
        double text = work("text").flops() / 4;

        // The UNet's part by PyTorch's counter. One prompt is encoded; its backward pass has no gradients of weights,
        // and
        // twice the products of attention.
        double attention = LAYERS * 4.0 * 77 * 77 * 128;
        assertThat(work("train-ti").flops()).isEqualTo(7250468864.0 + 2 * text + attention);
    }

    @Test
    void countsPriorImagesAndRecomputation() throws Exception {
        double full = work("train-full").flops();

        assertThat(work("train-full-prior").flops()).isEqualTo(2 * full);
        // Guidance doubles the batch of sampling, so that half of it is one forward pass.
        assertThat(work("train-full-checkpointing").flops())
                .isEqualTo(full + work("sample").flops() / 2);
    }

    /** At batch 0 nothing remains but what the weights take: three passes and the optimizer, of 4 bytes each. */
    @Test
    void countsTheBytesOfWeightsAndOptimizer() throws Exception {
        StepWork none = StepWork.of(BenchOptions.parse("--workloads", "train-full", "--batch", "0")
                        .tasks()
                        .get(0))
                .orElseThrow();
        StepWork one = StepWork.of(BenchOptions.parse("--workloads", "train-full", "--batch", "1")
                        .tasks()
                        .get(0))
                .orElseThrow();

        assertThat(none.flops()).isZero();
        // Biases and norms are in the optimizer's part only.
        double weights = 4.0
                * ModelSize.read(ModelHeaders.of(Path.of(task("train-full").folder())))
                        .denoiser()
                        .parameters()
                        .all();
        assertThat(none.bytes()).isBetween(11 * 0.99 * weights, 11 * weights);
        assertThat(work("train-full").bytes()).isEqualTo(none.bytes() + 4 * (one.bytes() - none.bytes()));
        assertThat(work("train-full-8bit").bytes()).isEqualTo(work("train-full").bytes() - 3 * weights);
    }

    @Test
    void knowsNoWorkOfJobsAndReducedPrecision() throws Exception {
        assertThat(StepWork.of(task("job"))).isEmpty();
        assertThat(StepWork.of(task("train-lora-bf16"))).isEmpty();
        assertThat(StepWork.of(task("vae-decode"))).isEmpty();
    }

    @Test
    void comparesStepsWithTheMachine() {
        List<Map<String, Object>> limits = Limits.of(List.of(
                line("matmul", 1e9, 1e6, 0.02, 0.02),
                line("convolution", 2e9, 1e6, 0.02, 0.04),
                line("copy", 0, 1e9, 0.1, 0.1),
                line("train-full", 5e9, 1e8, 0.2, 0.2),
                line("train-lora", 1e8, 4e8, 0.1, 0.2),
                line("copy", 0, 1e9, 0.2, 0.2),
                Map.of("name", "job", "by", "likeness")));

        assertThat(limits).hasSize(2);
        assertThat(limits.get(0)).containsEntry("limit", "train-full");
        assertThat(numbers(limits.get(0))).usingElementComparator(ALMOST).containsExactly(0.05, 0.01, 0.25, 0.5);
        assertThat(numbers(limits.get(1))).usingElementComparator(ALMOST).containsExactly(0.001, 0.04, 0.4, 0.2);
    }

    private static final Comparator<Double> ALMOST = (a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);

    private static List<Double> numbers(Map<String, Object> limit) {
        return Stream.of("products_seconds", "memory_seconds", "share", "cpu_share")
                .map(name -> (Double) limit.get(name))
                .toList();
    }

    @Test
    void knowsNoLimitOfAMachineThatWasNotMeasured() {
        assertThat(Limits.of(List.of(line("matmul", 1, 1, 1, 1), line("train-full", 1, 1, 1, 1))))
                .isEmpty();
    }

    private static Map<String, Object> line(String name, double flops, double bytes, double seconds, double cpu) {
        return Map.of(
                "name",
                name,
                "model",
                "m",
                "by",
                "likeness",
                "size",
                1,
                "flops_per_step",
                flops,
                "bytes_per_step",
                bytes,
                "median_seconds",
                seconds,
                "cpu_seconds",
                10 * cpu,
                "steps",
                10);
    }
}
