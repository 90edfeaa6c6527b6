package dev.likeness.diffusion.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FaceRegionTests {

    @Test
    void takesInEveryPixelThatItTouches() {
        assertThat(FaceRegion.between(1.9, 2, 3.1, 4, 8, 8)).contains(new FaceRegion(1, 2, 3, 2, 8));
    }

    @Test
    void endsAtTheEdgesOfThePicture() {
        assertThat(FaceRegion.between(-5, 6, 3, 20, 8, 8)).contains(new FaceRegion(0, 6, 3, 2, 8));
        assertThat(FaceRegion.between(8, 0, 12, 4, 8, 8)).isEmpty();
        assertThat(FaceRegion.between(-4, 0, 0, 4, 8, 8)).isEmpty();
    }

    @Test
    void takesInEveryCellOfTheLatentThatItTouches() {
        assertThat(new FaceRegion(7, 8, 10, 8, 64).inLatent(8)).isEqualTo(new FaceRegion(0, 1, 3, 1, 8));
        assertThat(new FaceRegion(0, 0, 64, 64, 64).inLatent(8)).isEqualTo(new FaceRegion(0, 0, 8, 8, 8));
    }

    @Test
    void refusesALatentOfBrokenCells() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FaceRegion(0, 0, 1, 1, 60).inLatent(8))
                .withMessage("60x60 pixels are no whole cells of 8");
    }

    @Test
    void isOneInTheMaskAndZeroAround() {
        assertThat(new FaceRegion(1, 0, 2, 2, 3).mask()).containsExactly(0, 1, 1, 0, 1, 1, 0, 0, 0);
    }
}
