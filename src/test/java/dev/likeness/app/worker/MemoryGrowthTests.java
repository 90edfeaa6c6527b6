package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Memory of a worker that runs many jobs. Prints the memory after each, in MiB. */
@Tag("acceptance")
@ServiceTest
class MemoryGrowthTests {

    private static final int JOBS = 20;

    /** In turns, so that the second and the last job have the same method. */
    private static final List<String> METHODS = List.of("dreambooth", "dreambooth_lora", "textual_inversion");

    private static final double PERCENT = 5;

    @Autowired
    ApplicationContext context;

    @Test
    void twentyJobsTakeNoMoreMemoryThanTwo() throws IOException {
        try (WorkerBench bench = new WorkerBench(context)) {
            Map<String, String> variables = new TreeMap<>();
            EngineProcess.tune(variables);
            List<String> environment = new ArrayList<>(List.of("env"));
            variables.forEach((name, value) -> environment.add(name + "=" + value));
            TestProcess worker = bench.start("worker", environment);
            List<Long> peaks = new ArrayList<>();
            List<Long> held = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                JobWatch job = bench.submit(
                        TestSpec.small()
                                .with("method", METHODS.get(i % METHODS.size()))
                                .with("training.steps", 5)
                                .with("training.seed", i)
                                .spec(),
                        null);
                await().atMost(Duration.ofMinutes(5))
                        .until(() -> List.of("succeeded", "failed").contains(job.status()));
                assertThat(job.status()).as(job.error()).isEqualTo("succeeded");
                peaks.add((long) job.peakBytes() >> 20);
                held.add(resident(worker.pid()) >> 20);
                System.out.printf("job %d: peak %d, then %d%n", i + 1, peaks.get(i), held.get(i));
            }

            assertThat(Double.valueOf(peaks.get(JOBS - 1)))
                    .as("peaks %s", peaks)
                    .isLessThan(peaks.get(1) * (1 + PERCENT / 100));
            assertThat(Double.valueOf(held.get(JOBS - 1)))
                    .as("after jobs %s", held)
                    .isLessThan(held.get(1) * (1 + PERCENT / 100));
        }
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }
}
