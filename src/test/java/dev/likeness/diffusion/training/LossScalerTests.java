package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossScalerTests {

    private final LossScaler scaler = new LossScaler(LossScaler.State.initial());

    @Test
    void startsAtTwoToTheSixteen() {
        assertThat(scaler.scale()).isEqualTo(65536);
    }

    @Test
    void doublesAfterTwoThousandGoodSteps() {
        goodSteps(1999);
        assertThat(scaler.scale()).isEqualTo(65536);

        goodSteps(1);
        assertThat(scaler.scale()).isEqualTo(131072);

        goodSteps(1999);
        assertThat(scaler.scale()).isEqualTo(131072);
        goodSteps(1);
        assertThat(scaler.scale()).isEqualTo(262144);
    }

    @Test
    void halvesWhenGradientsOverflow() {
        scaler.update(false);
        assertThat(scaler.scale()).isEqualTo(32768);

        scaler.update(false);
        assertThat(scaler.scale()).isEqualTo(16384);
    }

    @Test
    void countsGoodStepsFromTheLastOverflow() {
        goodSteps(1999);
        scaler.update(false);

        goodSteps(1999);
        assertThat(scaler.scale()).isEqualTo(32768);
        goodSteps(1);
        assertThat(scaler.scale()).isEqualTo(65536);
    }

    @Test
    void continuesFromItsState() {
        scaler.update(false);
        goodSteps(1500);

        LossScaler restored = new LossScaler(scaler.state());

        assertThat(scaler.state()).isEqualTo(new LossScaler.State(32768, 1500));
        for (int i = 0; i < 500; i++) {
            assertThat(restored.scale()).isEqualTo(32768);
            restored.update(true);
        }
        assertThat(restored.scale()).isEqualTo(65536);
    }

    @Test
    void growsOnlyAsFarAsNumbersGo() {
        LossScaler large = new LossScaler(new LossScaler.State(0x1p127f, 1999));

        large.update(true);

        assertThat(large.state()).isEqualTo(new LossScaler.State(0x1p127f, 0));
    }

    @Test
    void neverFallsToZero() {
        for (int i = 0; i < 1000; i++) {
            scaler.update(false);
        }

        assertThat(scaler.scale()).isPositive();
        assertThat(1 / scaler.scale()).isFinite();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "NaN, 0", "Infinity, 0", "65536, -1", "65536, 2000"})
    void refusesAnInvalidState(float scale, int goodSteps) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LossScaler.State(scale, goodSteps));
    }

    private void goodSteps(int count) {
        for (int i = 0; i < count; i++) {
            scaler.update(true);
        }
    }
}
