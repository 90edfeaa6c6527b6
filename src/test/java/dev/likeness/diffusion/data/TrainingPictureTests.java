package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingPictureTests {

    /** 4x2 pixels whose red counts up from the left, green 0, blue 255. */
    private static final RgbImage PICTURE = new RgbImage(4, 2, new byte[] {
        0, 0, -1, 1, 0, -1, 2, 0, -1, 3, 0, -1,
        4, 0, -1, 5, 0, -1, 6, 0, -1, 7, 0, -1
    });

    @Test
    void cropsTheMiddleAndScalesToPlusMinusOneByChannel() {
        assertThat(TrainingPicture.of(PICTURE, 2).values(false))
                .containsExactly(scaled(1, 2, 5, 6, 0, 0, 0, 0, 255, 255, 255, 255));
    }

    @Test
    void mirrorsLeftAndRight() {
        assertThat(TrainingPicture.of(PICTURE, 2).values(true))
                .containsExactly(scaled(2, 1, 6, 5, 0, 0, 0, 0, 255, 255, 255, 255));
    }

    private static float[] scaled(int... values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] / 127.5f - 1;
        }
        return result;
    }
}
