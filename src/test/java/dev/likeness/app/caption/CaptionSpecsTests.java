package dev.likeness.app.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionSpecsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 | 3 | must have one caption for each of the 3 pictures, not 1 caption
                    2 | 1 | must have one caption for the only picture, not 2 captions
                    """)
    void saysHowManyCaptionsThereMustBe(int captions, int pictures, String message) {
        assertThat(CaptionSpecs.count(captions, pictures, List.of("captions")))
                .hasValueSatisfying(it -> assertThat(it.message()).isEqualTo(message));
    }
}
