package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.golden.GoldenTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicMapTests {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void agreesWithBitsandbytes(boolean signed) throws Exception {
        GoldenTensor expected = ReferenceProblem.results().get(signed ? "map.signed" : "map.unsigned");

        float[] values = new DynamicMap(signed).values();

        assertThat(values).hasSize(256).isSorted();
        for (int i = 0; i < values.length; i++) {
            // Relative, because the smallest values are below any absolute tolerance.
            assertThat(Math.abs(values[i] - expected.values()[i]))
                    .isLessThanOrEqualTo(3e-7f * Math.abs(expected.values()[i]));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void boundsLieHalfWayBetweenTheValues(boolean signed) {
        float[] values = new DynamicMap(signed).values();

        float[] bounds = new DynamicMap(signed).bounds();

        assertThat(bounds).hasSize(255);
        for (int i = 1; i < bounds.length; i++) {
            assertThat(bounds[i]).isEqualTo((values[i] + values[i + 1]) / 2);
        }
        assertThat(bounds[0]).isEqualTo(signed ? (values[0] + values[1]) / 2 : 0);
    }
}
