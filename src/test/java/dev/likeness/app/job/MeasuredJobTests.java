package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The pace of a finished job, applied to other work. */
class MeasuredJobTests {

    /** 100 steps in 50 s, and 40 s for images. */
    private static final MeasuredJob MEASURED = new MeasuredJob(new JobWork(100, 0, 0, 6, 2, 8000), 2, 90);

    @Test
    void takesAsLongForTheSameWork() {
        assertThat(MEASURED.secondsFor(MEASURED.work())).isEqualTo(90);
    }

    @Test
    void trainsAtTheSamePace() {
        assertThat(MEASURED.secondsFor(new JobWork(300, 0, 0, 6, 2, 8000))).isEqualTo(190);
    }

    @Test
    void samplesByPixelsAndSamplerSteps() {
        assertThat(MEASURED.secondsFor(new JobWork(100, 0, 0, 6, 2, 16000))).isEqualTo(130);
    }

    @Test
    void takesNoTimeForImagesIfTrainingTookAll() {
        MeasuredJob shorter = new MeasuredJob(MEASURED.work(), 2, 49);

        assertThat(shorter.secondsFor(MEASURED.work())).isEqualTo(50);
    }
}
