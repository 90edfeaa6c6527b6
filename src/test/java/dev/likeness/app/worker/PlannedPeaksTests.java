package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.diffusion.pipeline.RandomModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Planned memory against the measured peak of a supervised worker's process, on the CPU. Random weights: a model half as
 * wide as Stable Diffusion 1.5, and one of its size. Takes up to 8 GB of memory, 3 GB of disk, and half an hour. Prints a
 * table.
 */
@Tag("real-size")
@ServiceTest
@TestInstance(Lifecycle.PER_CLASS)
class PlannedPeaksTests {

    /** Forbids all memory savings, so that the requested settings are measured. */
    private static final List<String> FIXED =
            List.of("single_images", "gradient_checkpointing", "batch_of_one", "eight_bit_optimizer", "frozen_text");

    private static final double PERCENT = 15;

    @TempDir
    private static Path folder;

    @Autowired
    ApplicationContext context;

    @Autowired
    JsonMapper json;

    private final List<String> table = new ArrayList<>();
    private WorkerBench bench;

    @BeforeAll
    void start() throws Exception {
        RandomModel.halfAsWide(Files.createDirectory(folder.resolve("half")));
        RandomModel.stableDiffusion15(Files.createDirectory(folder.resolve("full")));
        bench = new WorkerBench(context);
        bench.start(
                "all",
                List.of(),
                Map.of(
                        "likeness.models.[tests/half].path",
                                folder.resolve("half").toString(),
                        "likeness.models.[tests/full].path",
                                folder.resolve("full").toString()));
    }

    @AfterAll
    void report() {
        bench.close();
        System.out.println("| model | plan | planned GB | measured GB | planned / measured |");
        System.out.println("|---|---|---|---|---|");
        table.forEach(System.out::println);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
                    half | dreambooth         | {'batch_size':4}                                                             | prior
                    half | dreambooth         | {'batch_size':4,'gradient_checkpointing':true}                               | prior
                    half | dreambooth         | {'gradient_accumulation':4,'gradient_checkpointing':true,'optimizer':'adamw_8bit'} | prior
                    half | dreambooth         | {'batch_size':2,'train_text_encoder':true,'optimizer':'adafactor'}           |
                    half | dreambooth         | {'batch_size':8,'gradient_checkpointing':true,'precision':'bf16'}            |
                    half | dreambooth_lora    | {'batch_size':8}                                                             |
                    half | dreambooth_lora    | {'batch_size':8,'gradient_checkpointing':true,'precision':'bf16'}            |
                    half | textual_inversion  | {'batch_size':8}                                                             |
                    half | textual_inversion  | {'batch_size':2,'resolution':512,'gradient_checkpointing':true}              |
                    full | dreambooth_lora    | {'resolution':512,'gradient_checkpointing':true}                             |
                    full | textual_inversion  | {'resolution':512,'precision':'bf16','gradient_checkpointing':true}          |
                    """)
    void agree(String model, String method, String training, String prior) {
        ObjectNode tree = json.valueToTree(TestJobs.spec());
        tree.put("model", "tests/" + model).put("method", method);
        ObjectNode sampling = (ObjectNode) tree.get("sampling");
        sampling.put("width", 256).put("height", 256).put("steps", 1).put("images_per_prompt", 1);
        ((ObjectNode) tree.get("prior"))
                .put("enabled", prior != null)
                .put("images", 2)
                .put("steps", 1);
        ObjectNode fields = (ObjectNode) tree.get("training");
        fields.put("steps", 2).put("resolution", 256).put("batch_size", 1);
        fields.setAll((ObjectNode) json.readTree(training.replace('\'', '"')));

        JobWatch job =
                bench.submit(json.treeToValue(tree, JobSpec.class), new JobMemory(0, null, null, 16, List.of(), FIXED));
        await().atMost(Duration.ofMinutes(15))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> job.status().equals("succeeded") || job.status().equals("failed"));

        assertThat(job.status()).as(job.errorMessage()).isEqualTo("succeeded");
        double planned = job.plannedBytes();
        double measured = job.peakBytes();
        table.add("| %s | %s %s%s | %.2f | %.2f | %.2f |"
                .formatted(
                        model,
                        method,
                        training.replaceAll("[{}']", "").replace(",", ", "),
                        prior == null ? "" : ", with prior preservation",
                        planned / 1e9,
                        measured / 1e9,
                        planned / measured));
        System.out.println(table.get(table.size() - 1));
        assertThat(planned).isCloseTo(measured, Percentage.withPercentage(PERCENT));
    }
}
