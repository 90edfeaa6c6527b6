package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingFrameTests {

    @ParameterizedTest
    @CsvSource({"4, 2, 2, 1, 0", "2, 4, 2, 0, 1", "640, 427, 64, 16, 0", "427, 640, 64, 0, 16", "7, 7, 64, 0, 0"})
    void isTheMiddleAsTorchvisionCutsIt(int width, int height, int side, int left, int top) {
        assertThat(TrainingFrame.middle(width, height, side))
                .isEqualTo(new TrainingFrame(width, height, side, left, top));
    }

    @Test
    void saysWhereAPlaceOfThePictureGoes() {
        TrainingFrame frame = new TrainingFrame(640, 240, 64, 53, 0);

        assertThat(frame.toX(320)).isEqualTo(32);
        assertThat(frame.toX(0)).isEqualTo(-53);
        assertThat(frame.toY(240)).isEqualTo(64);
    }

    @Test
    void refusesAPlaceOutsideTheResizedPicture() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingFrame(640, 240, 64, 107, 0))
                .withMessage("107, 0 is no place for 64x64 pixels of a picture of 640x240");
    }
}
