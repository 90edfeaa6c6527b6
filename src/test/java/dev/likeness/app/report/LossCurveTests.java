package dev.likeness.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.app.job.JobLog.Measured;
import dev.likeness.app.report.LossCurve.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossCurveTests {

    @Test
    void smoothsTheLossFromItsFirstPointOn() {
        LossCurve curve =
                LossCurve.of(List.of(new Measured(1, 2, 0.1), new Measured(5, 1, 0.2), new Measured(9, 1, 0.3)));

        assertThat(curve.measured()).isEqualTo(3);
        assertThat(curve.points()).extracting(Point::step).containsExactly(1, 5, 9);
        assertThat(curve.points()).extracting(Point::learningRate).containsExactly(0.1, 0.2, 0.3);
        assertThat(curve.points().get(0).smoothedLoss()).isEqualTo(2, within(1e-9));
        // (0.9 * 2 + 1) / 1.9
        assertThat(curve.points().get(1).smoothedLoss()).isEqualTo(1.473684, within(1e-6));
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        LossCurve curve = LossCurve.of(List.of(new Measured(1, 2, 0.1), new Measured(2, Double.NaN, 0.1)));

        assertThat(curve.points()).extracting(Point::step).containsExactly(1);
    }

    @Test
    void thinsOutALongTrainingButKeepsItsEnds() {
        LossCurve curve = LossCurve.of(IntStream.rangeClosed(1, 5000)
                .mapToObj(step -> new Measured(step, 1.0 / step, 0.1))
                .toList());

        assertThat(curve.measured()).isEqualTo(5000);
        assertThat(curve.points()).hasSize(LossCurve.POINTS);
        assertThat(curve.points().get(0).step()).isEqualTo(1);
        assertThat(curve.points().get(LossCurve.POINTS - 1).step()).isEqualTo(5000);
        assertThat(curve.points()).extracting(Point::step).isSorted().doesNotHaveDuplicates();
    }
}
