package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.LibTorch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TorchEngineTests {

    @Test
    void checksItselfInEveryPrecisionThatAJobMayAskFor() throws Exception {
        int threads = EngineTestThread.call(LibTorch::threads);
        EngineCheck check = EngineTestThread.call(() -> {
            try (DiffusionEngine engine = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))) {
                return engine.check();
            }
        });

        assertThat(check.findings()).isEmpty();
        assertThat(check.passed()).isTrue();
        assertThat(check.summary()).matches("\\d\\d operators agree with fp64 in fp32, bf16, fp16");
        assertThat(check.took()).isGreaterThan(Duration.ZERO);
        assertThat(EngineTestThread.call(LibTorch::threads)).isEqualTo(threads);
    }
}
