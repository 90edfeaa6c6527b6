package dev.likeness.diffusion.face;

import static dev.likeness.diffusion.face.Photos.ASTRONAUTS_FACE;
import static dev.likeness.diffusion.face.Photos.overlap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.likeness.diffusion.data.Crop;
import dev.likeness.diffusion.data.RgbImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceDetectorTests {

    private static FaceDetector detector;

    @BeforeAll
    static void load() {
        detector = FaceDetector.load();
    }

    @AfterAll
    static void close() {
        detector.close();
    }

    @Test
    void findsTheFaceOfAPhotograph() {
        List<FaceBox> faces = detector.detect(Photos.astronaut());

        assertThat(faces).hasSize(1);
        assertThat(overlap(faces.get(0), ASTRONAUTS_FACE)).isGreaterThan(0.6);
        assertThat(faces.get(0).score()).isBetween(0.8f, 1f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photos/coffee.png",
                "subjects/running-shoe/1.png",
                "subjects/teddy-bear/4.png",
                "subjects/owl/2.png",
                "subjects/strawberry/2.png"
            })
    void findsNoFaceInThingsToysAndDrawnAnimals(String name) {
        assertThat(detector.detect(Photos.read(name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 700", "2000, 3", "64, 64"})
    void findsNoFaceInBlackPicturesOfAnyShape(int width, int height) {
        assertThat(detector.detect(Photos.black(width, height))).isEmpty();
    }

    @Test
    void findsSeveralFacesTheLargestFirst() {
        RgbImage picture = Photos.sideBySide(Photos.astronaut(), 384, 512, 320);

        List<FaceBox> faces = detector.detect(picture);

        assertThat(faces).hasSize(3);
        assertThat(overlap(faces.get(0), Photos.moved(ASTRONAUTS_FACE, 1, 384))).isGreaterThan(0.6);
        assertThat(overlap(faces.get(1), Photos.moved(ASTRONAUTS_FACE, 0.75, 0)))
                .isGreaterThan(0.6);
        assertThat(overlap(faces.get(2), Photos.moved(ASTRONAUTS_FACE, 0.625, 896)))
                .isGreaterThan(0.6);
    }

    @Test
    void findsAFaceThatFillsThePicture() {
        RgbImage face = Crop.of(Photos.astronaut(), 175, 75, 102, 102);

        List<FaceBox> faces = detector.detect(face);

        assertThat(faces).hasSize(1);
        assertThat(overlap(faces.get(0), new FaceBox(3, 1, 94, 101, 1))).isGreaterThan(0.6);
    }

    @Test
    void keepsABoxInsideThePicture() {
        RgbImage cut = Crop.of(Photos.astronaut(), 100, 90, 300, 300);

        List<FaceBox> faces = detector.detect(cut);

        assertThat(faces).hasSize(1);
        assertThat(faces.get(0).y()).isZero();
        assertThat(overlap(faces.get(0), new FaceBox(78, 0, 94, 88, 1))).isGreaterThan(0.6);
    }

    @Test
    void answersTheSameOnEveryThread() {
        List<FaceBox> faces = detector.detect(Photos.astronaut());

        assertThat(IntStream.range(0, 4).parallel().mapToObj(it -> detector.detect(Photos.astronaut())))
                .allMatch(faces::equals);
    }

    @Test
    void refusesToWorkOnceClosed() {
        FaceDetector closed = FaceDetector.load();
        closed.close();
        closed.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> closed.detect(Photos.black(1, 1)))
                .withMessage("the face detector is closed");
    }
}
