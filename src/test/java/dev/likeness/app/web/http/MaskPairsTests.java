package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.upload.Upload;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskPairsTests {

    @ParameterizedTest
    @CsvSource({
        "a.jpg b.jpg c.jpg, c.png a.png b.png, 1 2 0",
        "a.jpg b.jpg c.jpg, b.png, - 0 -",
        "a.jpg b.jpg c.jpg, x/b-masklabel.png C:\\c.png, - 0 1",
        "a.jpg b.jpg c.jpg, 1.png 2.png 3.png, 0 1 2",
        "image.jpg image.jpg image.jpg, image.png image.png image.png, 0 1 2",
        "a.jpg a.png b.jpg, b.png, - - 0",
        ".png .png .png, .png .png .png, 0 1 2",
        "a.b.jpg a.jpg c.jpg, a.png a.b.png, 1 0 -"
    })
    void areFoundByNameOrElseByOrder(String pictures, String masks, String expected) {
        List<String> found = MaskPairs.of(uploads(pictures), uploads(masks)).stream()
                .map(it -> it.mask() == null ? "-" : Integer.toString(it.mask().index()))
                .toList();

        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg b.jpg c.jpg, a.png x.png c.png, masks.1, x.png has a base name that",
        "a.jpg b.jpg c.jpg, x.png y.png, masks, 'masks: 2, pictures: 3'",
        "a.jpg b.jpg c.jpg, x.png, masks, 'masks: 1, pictures: 3'",
        "a.jpg a.png b.jpg, a.png b.png, masks.0, unlike other masks",
        "'', a.png, masks, need their pictures"
    })
    void areRefusedWithoutAPicture(String pictures, String masks, String location, String message) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> MaskPairs.of(uploads(pictures), uploads(masks)))
                .satisfies(it -> {
                    assertThat(it.violations()).hasSize(1);
                    assertThat(String.join(".", it.violations().get(0).location()))
                            .isEqualTo(location);
                    assertThat(it.violations().get(0).message()).contains(message);
                });
    }

    private static List<Upload> uploads(String names) {
        return Stream.of(names.split(" "))
                .filter(it -> !it.isEmpty())
                .map(it -> new Upload(it, 0, InputStream::nullInputStream))
                .toList();
    }
}
