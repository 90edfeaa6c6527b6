package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.pipeline.EngineCheck.Finding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineCheckTests {

    @Test
    void saysInALineWhatWasCompared() {
        EngineCheck check = new EngineCheck(List.of("fp32", "bf16"), 30, List.of(), Duration.ofMillis(700));

        assertThat(check.passed()).isTrue();
        assertThat(check.summary()).isEqualTo("30 operators agree with fp64 in fp32, bf16");
    }

    @Test
    void namesTheOperatorThatDiffersAndWhichOthersDo() {
        EngineCheck check = new EngineCheck(
                List.of("fp32"),
                30,
                List.of(
                        new Finding("conv2d", "fp32", "gradient of x is off by 0.43"),
                        new Finding("resnet", "fp32", "gradient of x is off by 0.2"),
                        new Finding("resnet", "fp32", "gradient of temb is off by 0.2")),
                Duration.ofMillis(700));

        assertThat(check.passed()).isFalse();
        assertThat(check.summary()).isEqualTo("conv2d in fp32: gradient of x is off by 0.43; 2 more, of resnet");
    }
}
