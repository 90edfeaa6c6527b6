package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTests {

    @ParameterizedTest
    @CsvSource({"100, 60, 21, 0", "10, 60, 0, 0", "195, 5, 42, 0"})
    void theFocusIsInTheMiddleAsFarAsThePictureReaches(double x, double y, int left, int top) {
        TrainingFrame frame = new Framing(64, 0, false)
                .frames(200, 120, Optional.of(new Focus(x, y)))
                .get(0);

        // The resized picture has 106x64 pixels.
        assertThat(frame.left()).isEqualTo(left);
        assertThat(frame.top()).isEqualTo(top);
    }

    @Test
    void aTallPictureMovesDown() {
        assertThat(new Framing(64, 0, false)
                        .frames(64, 256, Optional.of(new Focus(0, 200)))
                        .get(0))
                .isEqualTo(new TrainingFrame(64, 256, 64, 0, 168));
    }

    @Test
    void withoutAFocusItIsTheMiddle() {
        assertThat(new Framing(64, 0, false).frames(200, 120, Optional.empty()))
                .containsExactly(TrainingFrame.middle(200, 120, 64));
    }

    /** 200x120 pixels become 82x49 in the area of 64x64, and their bucket is 80x48. */
    @Test
    void randomPartsAreAllPartsOfTheBucket() {
        TrainingSize size = new Framing(64, 8, true).size(200, 120);

        assertThat(size.width()).isEqualTo(80);
        assertThat(size.height()).isEqualTo(48);
        assertThat(new Framing(64, 8, true).frames(200, 120, Optional.of(new Focus(0, 0))))
                .hasSize((size.resizedWidth() - 80 + 1) * (size.resizedHeight() - 48 + 1))
                .doesNotHaveDuplicates();
    }

    @Test
    void aBoxIsAPartOfThePicture() {
        RgbImage image = new RgbImage(4, 2, new byte[] {
            0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0,
            4, 0, 0, 5, 0, 0, 6, 0, 0, 7, 0, 0
        });

        assertThat(new CropBox(0.25, 0.5, 0.5, 0.5).of(image).rgb()).containsExactly(5, 0, 0, 6, 0, 0);
        assertThat(new CropBox(0, 0, 1, 1).of(image).rgb()).isEqualTo(image.rgb());
        assertThat(new CropBox(0.99, 0.99, 0.01, 0.01).of(image).rgb()).containsExactly(7, 0, 0);
        assertThat(CropBox.isInside(0.1, 0.7 + 0.2)).isTrue();
        assertThat(CropBox.isInside(0.5, 0.51)).isFalse();
        assertThat(CropBox.isInside(0.5, 0)).isFalse();
    }
}
