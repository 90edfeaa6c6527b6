package dev.likeness.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientNormsTests {

    @ParameterizedTest
    @MethodSource("growing")
    void growIfTheLatestAreTwiceThoseBefore(List<Double> norms) {
        assertThat(GradientNorms.trend(norms)).isEqualTo(NanLoss.Trend.GREW);
    }

    static List<List<Double>> growing() {
        return List.of(
                List.of(1., 2., 4.),
                List.of(0.5, 0.6, 0.5, 0.9, 4., 60., 900.),
                List.of(1., 2., 3., 4., 5., 6., 7., 8., 9., 10.),
                IntStream.range(0, 20).mapToObj(i -> Math.pow(1.3, i)).toList());
    }

    @ParameterizedTest
    @MethodSource("steady")
    void doNotGrowBySingleSteps(List<Double> norms) {
        assertThat(GradientNorms.trend(norms)).isEqualTo(NanLoss.Trend.STEADY);
    }

    static List<List<Double>> steady() {
        return List.of(
                List.of(1., 1., 1.),
                Collections.nCopies(20, 1.),
                Collections.nCopies(20, 0.),
                List.of(1., 3., 0.4, 1.2, 2.8, 0.5, 0.9, 3.1, 1., 0.6),
                List.of(9., 8., 7., 6., 5., 4., 3., 2., 1.),
                List.of(1., 1., 1., 1., 1., 1., 1., 1., 1., 100.));
    }

    @ParameterizedTest
    @MethodSource("few")
    void sayNothingWhereTheyAreFew(List<Double> norms) {
        assertThat(GradientNorms.trend(norms)).isEqualTo(NanLoss.Trend.UNKNOWN);
    }

    static List<List<Double>> few() {
        return List.of(List.of(), List.of(1.), List.of(1., 50.));
    }

    @Test
    void areThoseOfTheLastSteps() {
        GradientNorms norms = new GradientNorms();
        IntStream.range(0, 50).forEach(norms::add);

        assertThat(norms.all()).hasSize(20).startsWith(30.).endsWith(49.);
    }
}
