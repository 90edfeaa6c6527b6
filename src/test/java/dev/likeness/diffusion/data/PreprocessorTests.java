package dev.likeness.diffusion.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorTests {

    private static final String CONFIG = """
            {"size": {"shortest_edge": 2}, "crop_size": {"height": 2, "width": 2}, "resample": 3, "do_normalize": true,
             "rescale_factor": 0.5, "image_mean": [0, 1, 2], "image_std": [1, 2, 4]}""";

    @TempDir
    Path folder;

    @Test
    void rescalesAndNormalisesEachChannelOfTheMiddle() throws IOException {
        RgbImage image = new RgbImage(3, 2, new byte[] {
            2, 4, 6, 2, 4, 6, 9, 9, 9,
            2, 4, 6, 2, 4, 6, 9, 9, 9
        });

        // Of three columns, the half pixel goes to the right: the first two stay.
        assertThat(preprocessor(CONFIG).apply(image))
                .containsExactly(1, 1, 1, 1, .5f, .5f, .5f, .5f, .25f, .25f, .25f, .25f);
    }

    @Test
    void takesASizeAsANumber() throws IOException {
        String config = CONFIG.replace("{\"shortest_edge\": 2}", "2").replace("{\"height\": 2, \"width\": 2}", "2");

        assertThat(preprocessor(config).apply(new RgbImage(2, 2, new byte[12]))).hasSize(12);
    }

    @Test
    void resizesBothSidesWhereNothingIsCropped() throws IOException {
        String config = CONFIG.replace(
                "\"shortest_edge\": 2}, \"crop_size\": {\"height\": 2, \"width\": 2}", "\"width\": 2, \"height\": 1}");
        Preprocessor preprocessor = preprocessor(config);

        assertThat(preprocessor.width()).isEqualTo(2);
        assertThat(preprocessor.height()).isEqualTo(1);
        // Every column is even, so that resizing changes no colour.
        assertThat(preprocessor.apply(new RgbImage(2, 3, new byte[] {
                    2, 4, 6, 8, 4, 6,
                    2, 4, 6, 8, 4, 6,
                    2, 4, 6, 8, 4, 6
                })))
                .containsExactly(1, 4, .5f, .5f, .25f, .25f);
    }

    @Test
    void saysThatANumberIsNoSizeOfBothSides() {
        String config = CONFIG.replace("{\"shortest_edge\": 2}", "2").replace("\"crop_size\"", "\"other\"");

        assertThatThrownBy(() -> preprocessor(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size: 2 is not a height and a width");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"resample\": 3 | \"resample\": 1 | resample",
                "\"do_normalize\": true | \"do_normalize\": false | do_normalize",
                "\"shortest_edge\": 2 | \"shortest_edge\": 1 | crop_size",
                "\"shortest_edge\": 2 | \"longest_edge\": 2 | size",
                "[0, 1, 2] | [0, 1] | image_mean",
            })
    void refusesWhatClipDoesNotDoNamingTheField(String text, String instead, String field) {
        assertThatThrownBy(() -> preprocessor(CONFIG.replace(text, instead)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + ": ");
    }

    @Test
    void saysThatAFileIsNoJson() {
        assertThatThrownBy(() -> preprocessor("not JSON"))
                .isInstanceOf(IOException.class)
                .hasMessage("preprocessor_config.json is not JSON");
    }

    private Preprocessor preprocessor(String config) throws IOException {
        return Preprocessor.read(Files.writeString(folder.resolve("preprocessor_config.json"), config));
    }
}
