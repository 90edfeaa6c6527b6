package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointPolicyTests {

    private long now;
    private final CheckpointPolicy policy = new CheckpointPolicy(Duration.ofMinutes(2), () -> now);

    @Test
    void isDueAfterTheInterval() {
        pass(Duration.ofSeconds(119));
        assertThat(policy.due()).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(policy.due()).isTrue();
    }

    @Test
    void countsTheIntervalFromTheEndOfTheLastOne() {
        pass(Duration.ofMinutes(2));
        policy.keep(() -> pass(Duration.ofSeconds(5)));

        pass(Duration.ofSeconds(119));
        assertThat(policy.due()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(policy.due()).isTrue();
    }

    @Test
    void neverCostsMoreThanATwentiethOfTheTraining() {
        pass(Duration.ofMinutes(2));
        policy.keep(() -> pass(Duration.ofSeconds(30)));

        pass(Duration.ofSeconds(599));
        assertThat(policy.due()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(policy.due()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
