package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.method.DreamBooth;
import dev.likeness.diffusion.method.Lora;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.TestMethodSettings.LoraSettings;
import dev.likeness.diffusion.method.TextualInversion;
import dev.likeness.diffusion.sampling.GenerationListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How often oneDNN copies a tensor into another layout in one step. oneDNN reports its operations where an environment
 * variable asks for it when the library is loaded, so that a process of its own takes the steps. A change that lowers a
 * count lowers it here too.
 */
class ReorderCountTests {

    /**
     * With AVX-512. With AVX2, AVX and SSE4.1 the counts are at most as high, because more convolutions compute in the layout
     * that the tensors have. Every number of threads above one has the same counts; with one thread PyTorch gives oneDNN only
     * the larger convolutions.
     */
    private static final Map<String, Long> MOST = Map.of("full", 276L, "lora", 158L, "ti", 158L, "sampling", 83L);

    private static final int STEPS = 2;

    private static final String START = "step of ";
    private static final String END = "end of the step";

    private static final String REPORT = "onednn_verbose,";
    private static final String REORDER = ",exec,cpu,reorder,";
    private static final String CONVOLUTION = ",exec,cpu,convolution,";

    @Test
    void copiesFewTensorsIntoOtherLayouts() throws Exception {
        Map<String, List<String>> steps = lastSteps(run());

        // Without convolutions nothing was counted.
        assertThat(counts(steps, CONVOLUTION)).containsOnlyKeys(MOST.keySet()).doesNotContainValue(0L);
        assertThat(counts(steps, REORDER))
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isLessThanOrEqualTo(MOST.get(kind)));
    }

    private static Map<String, Long> counts(Map<String, List<String>> steps, String operation) {
        Map<String, Long> counts = new LinkedHashMap<>();
        steps.forEach((kind, lines) -> counts.put(
                kind, lines.stream().filter(line -> line.contains(operation)).count()));
        return counts;
    }

    /** The operations of the last step of each kind. */
    private static Map<String, List<String>> lastSteps(List<String> lines) {
        Map<String, List<String>> steps = new LinkedHashMap<>();
        List<String> step = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(START)) {
                step = new ArrayList<>();
                steps.put(line.substring(START.length()), step);
            } else if (line.equals(END)) {
                step = new ArrayList<>();
            } else if (line.startsWith(REPORT)) {
                step.add(line);
            }
        }
        return steps;
    }

    private static List<String> run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of("ONEDNN_VERBOSE", "1", "OMP_NUM_THREADS", "2", "OMP_WAIT_POLICY", "passive"));
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("status after %s", lines).isZero();
        return lines;
    }

    /** Takes steps of each kind, and prints where each begins and ends. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            TinyWorld.with(pipeline -> {
                train(pipeline, "full", new DreamBooth(false));
                train(pipeline, "lora", new Lora(new LoraSettings(4, 4, 0, LoraTargets.ATTENTION), false));
                train(pipeline, "ti", new TextualInversion("sks", 4, "bird", null));
                sample(pipeline);
            });
        }

        private static void train(Pipeline pipeline, String name, Method method) throws IOException {
            pipeline.useBaseWeights();
            pipeline.train(PipelineRuns.request(method, new TinySettings().steps(STEPS), null), new TinyWorld.Losses() {
                @Override
                public Signal signal() {
                    System.out.println(START + name);
                    return super.signal();
                }

                @Override
                public void onStep(int step, int total, double loss, double learningRate) {
                    System.out.println(END);
                }
            });
        }

        private static void sample(Pipeline pipeline) {
            pipeline.useBaseWeights();
            pipeline.generate(TinyWorld.request("a photo of a bird", 2, STEPS, 2), new GenerationListener() {
                @Override
                public boolean stopRequested() {
                    System.out.println(START + "sampling");
                    return false;
                }

                @Override
                public void onStep(int done, int total) {
                    System.out.println(END);
                }
            });
        }
    }
}
