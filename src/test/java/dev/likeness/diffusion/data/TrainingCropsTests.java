package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingCropsTests {

    @Test
    void aTallPictureHasASquareForEveryRowMore() {
        RgbImage picture = picture(4, 7);

        TrainingCrops crops = TrainingCrops.all(picture, 4);

        assertThat(crops.count()).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(crops.get(i).frame()).isEqualTo(new TrainingFrame(4, 7, 4, 0, i));
            assertThat(crops.get(i).square().rgb())
                    .isEqualTo(Crop.of(picture, 0, i, 4, 4).rgb());
        }
    }

    @Test
    void theMiddleIsOneOfThem() {
        RgbImage picture = picture(9, 5);

        assertThat(TrainingCrops.all(picture, 5).get(2).square().rgb())
                .isEqualTo(TrainingPicture.of(picture, 5).square().rgb());
        assertThat(TrainingCrops.middle(picture, 5).count()).isOne();
    }

    @Test
    void aSquareHasOne() {
        assertThat(TrainingCrops.all(picture(6, 6), 3).count()).isOne();
    }

    private static RgbImage picture(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        return new RgbImage(width, height, rgb);
    }
}
