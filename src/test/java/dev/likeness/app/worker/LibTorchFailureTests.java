package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.likeness.diffusion.tensor.EngineThreads;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class LibTorchFailureTests {

    @Test
    void aWorkerWithoutItsGpuSaysSoAndDoesNotStart() {
        FailureAnalysis analysis = start("cuda:0");

        assertThat(analysis.getDescription())
                .isEqualTo("The worker cannot compute. There is no device cuda:0: this libtorch is built for the CPU.");
        assertThat(analysis.getAction()).contains("likeness.worker.libtorch");
    }

    @Test
    void aMisspelledDeviceIsNamed() {
        assertThat(start("gpu").getDescription()).contains("There is no device gpu.");
    }

    private static FailureAnalysis start(String device) {
        Map<String, String> properties = Map.of("likeness.worker.device", device, "likeness.worker.logs", "logs");
        WorkerSettings settings = new Binder(new MapConfigurationPropertySource(properties))
                .bind("likeness.worker", WorkerSettings.class)
                .get();
        Throwable failure =
                catchThrowable(() -> new WorkerConfiguration().engine(settings, new EngineThreads(), new SaferStart()));
        return Objects.requireNonNull(new LibTorchFailureAnalyzer().analyze(failure));
    }
}
