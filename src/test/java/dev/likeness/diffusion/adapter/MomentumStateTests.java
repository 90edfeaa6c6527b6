package dev.likeness.diffusion.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentumStateTests {

    private static final List<Integer> LENGTHS = List.of(3, 2);

    private static final MomentumState NOTES = new MomentumState(
            0.1,
            MomentumMode.EMA,
            List.of(new float[] {1, -0f, Float.MIN_VALUE}, new float[] {0.1f, -3e38f}),
            List.of(new float[] {4, 5, 6}, new float[] {7, 8}));

    @Test
    void readBackBitByBit() {
        MomentumState read = MomentumState.read(NOTES.header(), LENGTHS);

        assertThat(Objects.requireNonNull(read).isSameAs(NOTES)).isTrue();
        assertThat(NOTES.header()).containsEntry("likeness.v_star.1", "AADgQAAAAEE=");
    }

    @Test
    void areNoneInFilesOfOthers() {
        assertThat(MomentumState.read(Map.of("format", "pt", "gamma", "7"), LENGTHS))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "likeness.gamma,",
        "likeness.gamma, a lot",
        "likeness.gamma, NaN",
        "likeness.gamma, 1.5",
        "likeness.momentum_mode,",
        "likeness.momentum_mode, nesterov",
        "likeness.v_train.1,",
        "likeness.v_train.0, AADgQAAAAEE=",
        "likeness.v_star.1, not Base64!",
        "likeness.v_star.1, AADAfwAAAEE="
    })
    void areRefusedWhereOneIsMissingOrDamaged(String key, @Nullable String value) {
        Map<String, String> header = new LinkedHashMap<>(NOTES.header());
        header.compute(key, (name, former) -> value);

        UnusableAdapterException refused =
                catchThrowableOfType(UnusableAdapterException.class, () -> MomentumState.read(header, LENGTHS));

        assertThat(refused.problems()).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.kind()).isEqualTo(KeyProblem.Kind.WRONG_VALUE);
        });
    }
}
