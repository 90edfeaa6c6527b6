package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingCropsTests {

    /** 4x2 pixels whose red counts up from the left, green 0, blue 255. */
    private static final RgbImage WIDE = new RgbImage(4, 2, new byte[] {
        0, 0, -1, 1, 0, -1, 2, 0, -1, 3, 0, -1,
        4, 0, -1, 5, 0, -1, 6, 0, -1, 7, 0, -1
    });

    @Test
    void aTallPictureHasASquareForEveryRowMore() {
        RgbImage picture = picture(4, 7);

        TrainingCrops crops = all(picture, 4);

        assertThat(crops.count()).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(crops.frame(i)).isEqualTo(new TrainingFrame(4, 7, 4, 0, i));
            assertThat(crops.values(i, false))
                    .isEqualTo(TrainingCrops.middle(Crop.of(picture, 0, i, 4, 4), 4)
                            .values(0, false));
        }
    }

    @Test
    void theMiddleIsOneOfThem() {
        RgbImage picture = picture(9, 5);

        assertThat(all(picture, 5).values(2, false))
                .isEqualTo(TrainingCrops.middle(picture, 5).values(0, false));
        assertThat(TrainingCrops.middle(picture, 5).count()).isOne();
    }

    @Test
    void aSquareHasOne() {
        assertThat(all(picture(6, 6), 3).count()).isOne();
    }

    @Test
    void cropsTheMiddleAndScalesToPlusMinusOneByChannel() {
        assertThat(TrainingCrops.middle(WIDE, 2).values(0, false))
                .containsExactly(scaled(1, 2, 5, 6, 0, 0, 0, 0, 255, 255, 255, 255));
    }

    @Test
    void mirrorsLeftAndRight() {
        assertThat(TrainingCrops.middle(WIDE, 2).values(0, true))
                .containsExactly(scaled(2, 1, 6, 5, 0, 0, 0, 0, 255, 255, 255, 255));
    }

    private static TrainingCrops all(RgbImage picture, int side) {
        TrainingSize size = TrainingSize.square(picture.width(), picture.height(), side);
        return new TrainingCrops(picture, TrainingFrame.all(picture.width(), picture.height(), size));
    }

    private static float[] scaled(int... values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] / 127.5f - 1;
        }
        return result;
    }

    private static RgbImage picture(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        return new RgbImage(width, height, rgb);
    }
}
