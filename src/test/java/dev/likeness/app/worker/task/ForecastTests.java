package dev.likeness.app.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForecastTests {

    private final Forecast forecast = new Forecast(10, 100);

    @Test
    void hasNoForecastBeforeTheFirstStep() {
        assertThat(forecast.secondsLeft()).isNull();
        forecast.imagesGenerated(4, 8);
        assertThat(forecast.secondsLeft()).isNull();
    }

    @Test
    void sumsTheRemainingPhases() {
        forecast.imagesGenerated(4, 8);
        forecast.stepsTaken(10, 5);

        assertThat(forecast.secondsLeft()).isEqualTo(6 * 2 + 90 / 2);
    }

    @Test
    void countsWhatWasThereBeforeAsDoneButNotAsFast() {
        forecast.imagesFound(8);
        forecast.stepsFound(90);
        forecast.imagesGenerated(1, 3);
        forecast.stepsTaken(5, 5);

        assertThat(forecast.secondsLeft()).isEqualTo(3 + 5);
    }
}
