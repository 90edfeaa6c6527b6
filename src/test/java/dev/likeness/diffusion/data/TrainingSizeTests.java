package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSizeTests {

    @ParameterizedTest
    @CsvFileSource(resources = "/crops/buckets.csv", numLinesToSkip = 1)
    void bucketsAreThoseOfSdScripts(
            int resolution, int stride, int width, int height, int resizedWidth, int resizedHeight, int w, int h) {
        TrainingSize size = TrainingSize.bucket(width, height, resolution, stride);

        assertThat(size.resizedWidth()).isEqualTo(resizedWidth);
        assertThat(size.resizedHeight()).isEqualTo(resizedHeight);
        // Where rounding makes the area of sd-scripts too large, the longer side is cut to fit.
        int most = resolution * resolution / Math.min(w, h);
        assertThat(size.width()).isEqualTo(w >= h ? Math.min(w, most - most % stride) : w);
        assertThat(size.height()).isEqualTo(w < h ? Math.min(h, most - most % stride) : h);
        assertThat((long) size.width() * size.height()).isLessThanOrEqualTo((long) resolution * resolution);
        assertThat(resizedWidth).isLessThanOrEqualTo(width);
    }

    /** Here sd-scripts divides by zero, or has a bucket without pixels. */
    @ParameterizedTest
    @CsvSource({
        "2048, 64, 256, 64, 2048, 64, 1024, 64",
        "64, 2048, 256, 64, 64, 2048, 64, 1024",
        "2048, 9, 64, 8, 1820, 8, 512, 8",
        "40, 30, 512, 64, 85, 64, 64, 64",
        "7, 7, 64, 8, 8, 8, 8, 8"
    })
    void aSideHasAtLeastOneStride(
            int width, int height, int resolution, int stride, int resizedWidth, int resizedHeight, int w, int h) {
        assertThat(TrainingSize.bucket(width, height, resolution, stride))
                .isEqualTo(new TrainingSize(resizedWidth, resizedHeight, w, h));
    }

    @Test
    void refusesAPartThatIsLargerThanTheResizedPicture() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSize(64, 63, 64, 64))
                .withMessage("64x64 pixels are no part of 64x63");
    }
}
