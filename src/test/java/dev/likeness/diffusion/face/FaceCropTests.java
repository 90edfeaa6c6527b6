package dev.likeness.diffusion.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingCrops;
import dev.likeness.diffusion.data.TrainingFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceCropTests {

    @Test
    void isASquareWithTheFaceInItsMiddle() {
        assertThat(FaceCrop.around(new FaceBox(100, 120, 40, 50, 1), 0.3, 400, 300))
                .isEqualTo(new FaceCrop(80, 105, 80));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "360, 0, 320, 0", "0, 250, 0, 220", "360, 250, 320, 220"})
    void isShiftedInwardsAtTheEdges(int x, int y, int cropX, int cropY) {
        assertThat(FaceCrop.around(new FaceBox(x, y, 40, 50, 1), 0.3, 400, 300))
                .isEqualTo(new FaceCrop(cropX, cropY, 80));
    }

    @Test
    void shrinksOnlyToTheShortSideOfThePicture() {
        assertThat(FaceCrop.around(new FaceBox(250, 10, 100, 90, 1), 1, 400, 150))
                .isEqualTo(new FaceCrop(225, 0, 150));
    }

    @Test
    void isAroundTheLargestFace() {
        RgbImage picture = Photos.black(400, 300);
        List<FaceBox> faces = List.of(new FaceBox(100, 120, 50, 50, 0.7f), new FaceBox(10, 10, 20, 20, 0.9f));

        assertThat(FaceCrop.ofLargest(faces, 0, picture)).contains(new FaceCrop(100, 120, 50));
        assertThat(FaceCrop.ofLargest(List.of(), 0, picture)).isEmpty();
    }

    @Test
    void refusesAMarginThatCutsIntoTheFace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaceCrop.around(new FaceBox(0, 0, 9, 9, 1), -0.1, 20, 20))
                .withMessage("margin: -0.1 is negative");
    }

    @Test
    void cutsThePartOut() {
        RgbImage picture = painted(6, 5, new FaceCrop(2, 1, 3));

        assertThat(new FaceCrop(2, 1, 3).of(picture).rgb()).hasSize(27).containsOnly(-1);
        assertThat(new FaceCrop(1, 1, 3).of(picture).rgb()).startsWith(0, 0, 0, -1, -1, -1, -1, -1, -1);
    }

    @ParameterizedTest(name = "{2} pixels at {0}, {1}")
    @CsvSource({"300, 40, 80", "301, 43, 77", "90, 0, 200", "420, 100, 140"})
    void isInTheTrainingPictureWhereItsPixelsAre(int x, int y, int side) {
        FaceCrop crop = new FaceCrop(x, y, side);
        RgbImage picture = painted(640, 240, crop);

        Optional<FaceRegion> region = crop.in(TrainingFrame.middle(640, 240, 64));
        FaceRegion seen = brightIn(TrainingCrops.middle(picture, 64).values(0, false), 64);

        // A pixel that holds little of the part is too dark to be seen as bright.
        assertThat(region).hasValueSatisfying(it -> {
            assertThat(seen.x() - it.x()).isBetween(0, 1);
            assertThat(seen.y() - it.y()).isBetween(0, 1);
            assertThat(it.x() + it.width() - seen.x() - seen.width()).isBetween(0, 1);
            assertThat(it.y() + it.height() - seen.y() - seen.height()).isBetween(0, 1);
        });
    }

    @Test
    void isNotInATrainingPictureThatLeavesItOut() {
        TrainingFrame frame = TrainingFrame.middle(640, 240, 64);

        assertThat(new FaceCrop(0, 0, 199).in(frame)).isEmpty();
        assertThat(new FaceCrop(441, 0, 199).in(frame)).isEmpty();
        assertThat(new FaceCrop(0, 0, 200).in(frame)).contains(new FaceRegion(0, 0, 1, 54, 64));
    }

    /** White where the crop is, black elsewhere. */
    private static RgbImage painted(int width, int height, FaceCrop crop) {
        RgbImage picture = Photos.black(width, height);
        for (int y = crop.y(); y < crop.y() + crop.side(); y++) {
            int from = (y * width + crop.x()) * 3;
            Arrays.fill(picture.rgb(), from, from + crop.side() * 3, (byte) -1);
        }
        return picture;
    }

    private static FaceRegion brightIn(float[] picture, int side) {
        int left = side;
        int top = side;
        int right = 0;
        int bottom = 0;
        for (int i = 0; i < side * side; i++) {
            if (picture[i] > 0) {
                left = Math.min(left, i % side);
                right = Math.max(right, i % side + 1);
                top = Math.min(top, i / side);
                bottom = Math.max(bottom, i / side + 1);
            }
        }
        return new FaceRegion(left, top, right - left, bottom - top, side);
    }
}
