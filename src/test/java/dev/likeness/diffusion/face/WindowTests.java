package dev.likeness.diffusion.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.data.RgbImage;
import org.junit.jupiter.api.Test;

class WindowTests {

    /** Two white pixels, the left one with no blue. */
    private static final RgbImage WIDE = new RgbImage(2, 1, new byte[] {-1, -1, 0, -1, -1, -1});

    @Test
    void holdsTheWholePictureInItsMiddle() {
        assertThat(Window.around(Photos.black(300, 100))).isEqualTo(new Window(0, -100, 300));
        assertThat(Window.around(Photos.black(100, 300))).isEqualTo(new Window(-100, 0, 300));
    }

    @Test
    void holdsAFaceWithItsSurroundings() {
        Detection face = new Detection(100, 200, 120, 230, 1);

        assertThat(Window.around(face, 0.5)).isEqualTo(new Window(80, 185, 60));
    }

    @Test
    void isBlackBeyondThePicture() {
        assertThat(new Window(-1, -1, 4).look(WIDE, 4))
                .containsExactly(
                        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, //
                        -1, -1, -1, 1, 1, -1, 1, 1, 1, -1, -1, -1, //
                        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, //
                        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    }

    @Test
    void isAllBlackOutsideThePicture() {
        assertThat(new Window(5, 5, 4).look(WIDE, 2)).hasSize(12).containsOnly(-1);
    }
}
