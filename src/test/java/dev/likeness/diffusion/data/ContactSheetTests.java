package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTests {

    @Test
    void hasRoomForTheLongestRowAndAllRows() {
        RgbImage sheet = ContactSheet.draw(
                List.of(
                        new ContactSheet.Row("the subject", List.of(gray(8, 8), gray(8, 8), gray(8, 8))),
                        new ContactSheet.Row("after", List.of(gray(8, 8)))),
                16);

        assertThat(sheet.width()).isEqualTo(12 + 16 + 6 + 16 + 6 + 16 + 12);
        assertThat(sheet.height()).isEqualTo(12 + 2 * (22 + 16 + 12));
    }

    @Test
    void fitsAPictureIntoTheMiddleOfItsCell() {
        RgbImage sheet = ContactSheet.draw(List.of(new ContactSheet.Row("", List.of(gray(4, 8)))), 16);

        assertThat(red(sheet, 12 + 3, 34 + 8)).as("left of the picture").isEqualTo(255);
        assertThat(red(sheet, 12 + 4, 34)).as("its first pixel").isEqualTo(0x80);
        assertThat(red(sheet, 12 + 11, 34 + 15)).as("its last pixel").isEqualTo(0x80);
        assertThat(red(sheet, 12 + 12, 34 + 8)).as("right of the picture").isEqualTo(255);
    }

    @Test
    void drawsLabelsWithoutFonts() {
        RgbImage sheet = ContactSheet.draw(List.of(new ContactSheet.Row("I", List.of(gray(40, 40)))), 40);

        assertThat(picture(sheet, 12, 12)).isEqualTo("""
                .###.
                ..#..
                ..#..
                ..#..
                ..#..
                ..#..
                .###.
                """);
    }

    @Test
    void showsAQuestionMarkForWhatTheAlphabetLacksAndCutsLongLabels() {
        List<RgbImage> images = List.of(gray(40, 40));
        RgbImage unknown = ContactSheet.draw(List.of(new ContactSheet.Row("東", images)), 40);
        RgbImage known = ContactSheet.draw(List.of(new ContactSheet.Row("?", images)), 40);

        assertThat(unknown.rgb()).isEqualTo(known.rgb());
        assertThat(ContactSheet.draw(List.of(new ContactSheet.Row("m".repeat(500), images)), 40)
                        .width())
                .isEqualTo(64);
    }

    @Test
    void refusesASheetWithoutPictures() {
        assertThatThrownBy(() -> ContactSheet.draw(List.of(new ContactSheet.Row("nothing", List.of())), 64))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RgbImage gray(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) 0x80);
        return new RgbImage(width, height, rgb);
    }

    private static int red(RgbImage image, int x, int y) {
        return image.rgb()[(y * image.width() + x) * 3] & 0xff;
    }

    private static String picture(RgbImage sheet, int left, int top) {
        StringBuilder dots = new StringBuilder();
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 5; x++) {
                dots.append(red(sheet, left + 2 * x, top + 2 * y) < 128 ? '#' : '.');
            }
            dots.append('\n');
        }
        return dots.toString();
    }
}
