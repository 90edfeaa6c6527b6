package dev.likeness.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTests {

    private static final double[] SIZES = {1, 2, 4, 8};

    private static PowerLaw law(double... measurements) {
        return PowerLaw.fit(SIZES, measurements);
    }

    @Test
    void findsTheExponentOfAPower() {
        PowerLaw law = law(3, 12, 48, 192);

        assertThat(law.exponent()).isCloseTo(2, within(1e-12));
        assertThat(law.constant()).isCloseTo(0, within(1e-9));
        assertThat(law.exponentAboveConstant()).isCloseTo(2, within(1e-9));
    }

    @Test
    void separatesTheConstantPart() {
        PowerLaw law = law(102, 108, 132, 228);

        assertThat(law.exponent()).isBetween(0.3, 0.5);
        assertThat(law.constant()).isCloseTo(100, within(1e-6));
        assertThat(law.exponentAboveConstant()).isCloseTo(2, within(1e-9));
    }

    @Test
    void hasNoNegativeConstant() {
        assertThat(law(1, 3, 7, 15).constant()).isZero();
    }

    @Test
    void findsNoGrowthInWhatStaysTheSame() {
        PowerLaw law = law(100, 101, 99, 103);

        assertThat(law.exponent()).isCloseTo(0, within(0.02));
        assertThat(law.constant()).isNull();
        assertThat(law.exponentAboveConstant()).isNull();
    }

    @Test
    void findsNoPowerInWhatGrowsOnlyAtTheEnd() {
        PowerLaw law = law(100, 100, 100, 120);

        assertThat(law.exponent()).isPositive();
        assertThat(law.exponentAboveConstant()).isNull();
    }

    @Test
    void measuresEachSizeOnceThoughSeveralQuantitiesHaveIt() throws Exception {
        List<Task> tasks = BenchOptions.parse("--growth", "batch,rank").tasks();

        assertThat(tasks).doesNotHaveDuplicates();
        assertThat(tasks.stream()
                        .map(task -> "%s %d %d"
                                .formatted(
                                        task.workload(),
                                        task.size().batch(),
                                        task.size().rank())))
                .contains("train-lora 1 4", "train-lora 16 4", "sample 8 4", "train-lora 4 64")
                .hasSize(13);
    }

    @Test
    void writesALineForEachPointAndEachExponent() throws Exception {
        List<Growth.Point> points =
                BenchOptions.parse("--growth", "vectors").growths().get(0);
        List<Map<String, Object>> measured = new ArrayList<>();
        for (Growth.Point point : points) {
            measured.add(Map.of("cpu_seconds", 20.0 * point.at(), "steps", 10, "peak_resident_bytes", 1000L));
        }

        List<Map<String, Object>> lines = Growth.VECTORS.lines(points, measured);

        assertThat(lines).hasSize(points.size() + 2);
        assertThat(lines.get(1))
                .containsEntry("growth", "vectors")
                .containsEntry("workload", "train-ti")
                .containsEntry("at", 2)
                .containsEntry("cpu_seconds", 4.0)
                .containsEntry("peak_resident_bytes", 1000L);
        assertThat((Double) lines.get(points.size()).get("exponent")).isCloseTo(1, within(1e-9));
        assertThat(lines.get(points.size() + 1))
                .containsEntry("of", "peak_resident_bytes")
                .containsEntry("exponent", 0.0)
                .containsEntry("exponent_above_constant", null);
        assertThat(Growth.VECTORS.lines(points.subList(0, 2), measured)).hasSize(2);
    }

    @Test
    void knowsItsQuantities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchOptions.parse("--growth", "depth").tasks())
                .withMessageContaining("depth")
                .withMessageContaining("resolution");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchOptions.parse("--growth", "all", "--peer", "python3")
                        .tasks())
                .withMessageContaining("--peer");
    }
}
