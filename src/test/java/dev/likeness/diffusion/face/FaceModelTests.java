package dev.likeness.diffusion.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.face.FaceModel.Anchor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaceModelTests {

    @ParameterizedTest
    @EnumSource
    void isWhatMediaPipePublished(FaceModel model) {
        byte[] content = model.read();

        assertThat(model.check(content)).isSameAs(content);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFileWithOneWrongBit(FaceModel model) {
        byte[] content = model.read();
        content[content.length / 2] ^= 1;

        assertThatExceptionOfType(FaceDetectorException.class)
                .isThrownBy(() -> model.check(content))
                .withMessageStartingWith("%s is damaged: %d bytes with SHA-256 ", model.file(), content.length);
    }

    @Test
    void refusesAFileThatEndsEarly() {
        byte[] content = Arrays.copyOf(FaceModel.SHORT_RANGE.read(), 1000);

        assertThatExceptionOfType(FaceDetectorException.class)
                .isThrownBy(() -> FaceModel.SHORT_RANGE.check(content))
                .withMessageStartingWith("face_detection_short_range.tflite is damaged: 1000 bytes");
    }

    @Test
    void hasAnchorsInTheCellsOfEveryGrid() {
        assertThat(FaceModel.FULL_RANGE.anchors())
                .hasSize(2304)
                .startsWith(new Anchor(0.5f / 48, 0.5f / 48), new Anchor(1.5f / 48, 0.5f / 48))
                .endsWith(new Anchor(47.5f / 48, 47.5f / 48));
        assertThat(FaceModel.SHORT_RANGE.anchors())
                .hasSize(896)
                .startsWith(new Anchor(0.5f / 16, 0.5f / 16), new Anchor(0.5f / 16, 0.5f / 16))
                .endsWith(new Anchor(7.5f / 8, 7.5f / 8));
    }
}
