package dev.likeness.app.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.likeness.app.picture.FaceSearch;
import dev.likeness.app.picture.Orientation;
import dev.likeness.app.picture.PerceptualHash;
import dev.likeness.app.picture.Traits;
import dev.likeness.app.subject.Finding.Severity;
import dev.likeness.app.upload.CheckedPicture;
import dev.likeness.app.upload.PictureIntake;
import dev.likeness.app.upload.SampleUploads;
import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTests {

    private static final FaceSearch FACES = new FaceSearch();

    private static final RgbImage OWL = read("subjects/owl/1.png");
    private static final RgbImage SHOE = read("subjects/running-shoe/3.png");
    private static final RgbImage BEAR = read("subjects/teddy-bear/2.png");
    private static final RgbImage COFFEE = read("photos/coffee.png");
    private static final RgbImage ASTRONAUT = read("photos/astronaut.png");

    @AfterAll
    static void close() {
        FACES.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owl", "running-shoe", "strawberry", "teddy-bear"})
    void areNoneOfTheBundledSubjects(String name) {
        RgbImage[] pictures = IntStream.rangeClosed(1, 6)
                .mapToObj(it -> read("subjects/%s/%d.png".formatted(name, it)))
                .toArray(RgbImage[]::new);

        assertThat(findings("thing", pictures)).isEmpty();
    }

    @Test
    void areNoneOfPhotographsThatHaveNothingInCommon() {
        assertThat(findings("thing", OWL, COFFEE, ASTRONAUT)).isEmpty();
    }

    @Test
    void tellWhatWasTurned() throws IOException {
        PictureIntake intake = SampleUploads.intake(FACES, pixels -> {});
        List<CheckedPicture> pictures = intake.check(
                List.of(
                        SampleUploads.upload("orientation-1.jpg"),
                        SampleUploads.upload("orientation-6.jpg"),
                        SampleUploads.upload("exif.png")),
                false);

        assertThat(Findings.of(pictures))
                .filteredOn(it -> it.code().equals("turned"))
                .extracting(
                        Finding::severity, Finding::pictures, it -> it.figures().get("orientation"))
                .startsWith(tuple(Severity.INFO, List.of(1), 6))
                .hasSize(2);
    }

    @Test
    void groupNearlyTheSamePictures() {
        RgbImage cut = PillowResize.bicubic(part(OWL, 4, 2, 250), 200, 200);

        List<Finding> findings = findings("bird", OWL, SHOE, cut, BEAR, BEAR).stream()
                .filter(it -> it.code().equals("near_duplicates"))
                .toList();

        assertThat(findings).extracting(Finding::pictures).containsExactly(List.of(0, 2), List.of(3, 4));
        assertThat(findings.get(0).message()).startsWith("0.png and 2.png are nearly the same picture. ");
        assertThat(findings.get(1).figures()).containsEntry("hash_distance", 0).containsEntry("threshold", 8);
    }

    /** To the hash alone these are the same. */
    @Test
    void knowDrawingsApartByTheirColours() {
        RgbImage two = read("subjects/owl/2.png");
        RgbImage six = read("subjects/owl/6.png");

        assertThat(PerceptualHash.distance(PerceptualHash.of(two), PerceptualHash.of(six)))
                .isLessThanOrEqualTo(Findings.SAME_HASH);
        assertThat(findings("bird", two, six)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"photos/coffee.png, 96", "photos/astronaut.png, 96", "subjects/owl/1.png, 48"})
    void tellWhatIsBlurred(String name, int detail) {
        RgbImage sharp = read(name);
        RgbImage blurred =
                PillowResize.bicubic(PillowResize.bicubic(sharp, detail, detail), sharp.width(), sharp.height());

        assertThat(findings("thing", SHOE, blurred)).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("blurred");
            assertThat(it.pictures()).containsExactly(1);
            assertThat(it.message()).startsWith("1.png is blurred.");
            assertThat(figure(it, "blur")).isBetween(Findings.BLURRED, 1.0);
        });
        assertThat(findings("thing", SHOE, sharp)).isEmpty();
    }

    @Test
    void tellNothingOfThePlainest() {
        assertThat(findings("thing", plain(0, 0, 0), plain(0, 200, 0))).isEmpty();
    }

    @Test
    void tellTheSameBackgroundOfMostPictures() {
        RgbImage owl = framed(COFFEE, OWL);
        RgbImage shoe = framed(COFFEE, SHOE);
        RgbImage bear = framed(COFFEE, BEAR);

        assertThat(findings("thing", owl, BEAR, shoe, bear)).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("same_background");
            assertThat(it.severity()).isEqualTo(Severity.WARNING);
            assertThat(it.pictures()).containsExactly(0, 2, 3);
            assertThat(it.message()).startsWith("The edges of 0.png, 2.png and 3.png have the same colours");
            assertThat(figure(it, "colour_distance")).isLessThan(Findings.SAME_COLOURS);
        });
        assertThat(findings("thing", owl, OWL, shoe, ASTRONAUT)).isEmpty();
    }

    @Test
    void tellWhereEdgesDifferLessThanMiddles() {
        RgbImage[] close = {
            framed(plain(80, 80, 80), plain(200, 0, 0)),
            framed(plain(110, 110, 110), plain(0, 200, 0)),
            framed(plain(140, 140, 140), plain(0, 0, 200))
        };
        RgbImage[] farther = {
            framed(plain(200, 0, 0), plain(80, 80, 80)),
            framed(plain(0, 200, 0), plain(110, 110, 110)),
            framed(plain(0, 0, 200), plain(140, 140, 140))
        };

        assertThat(findings("thing", close)).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("close_ups");
            assertThat(it.severity()).isEqualTo(Severity.INFO);
            assertThat(figure(it, "edges_to_middles")).isLessThan(Findings.FILLED);
        });
        assertThat(findings("thing", farther)).isEmpty();
    }

    @Test
    void countFacesOfPeopleOnly() {
        RgbImage two = beside(ASTRONAUT, PillowResize.bicubic(ASTRONAUT, 400, 400));

        List<Finding> findings = findings("woman", ASTRONAUT, two, COFFEE);

        assertThat(findings).extracting(Finding::code).containsExactly("several_faces", "no_face");
        assertThat(findings).extracting(Finding::pictures).containsExactly(List.of(1), List.of(2));
        assertThat(findings.get(0).figures()).containsEntry("faces", 2).containsEntry("threshold", 1);
        assertThat(findings("astronaut's suit", ASTRONAUT, two, COFFEE)).isEmpty();
    }

    @Test
    void tellWhatAFaceFills() {
        RgbImage[] faces = {
            part(ASTRONAUT, 140, 40, 170), part(ASTRONAUT, 150, 50, 150), part(ASTRONAUT, 130, 45, 160), ASTRONAUT
        };

        assertThat(findings("person", faces))
                .filteredOn(it -> it.code().equals("face_close_ups"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.pictures()).containsExactly(0, 1, 2);
                    assertThat(it.message()).startsWith("A face fills 0.png, 1.png and 2.png.");
                });
        assertThat(findings("person", faces[0], faces[1], ASTRONAUT, OWL, SHOE, BEAR))
                .extracting(Finding::code)
                .doesNotContain("face_close_ups");
    }

    @Test
    void tellWhatHasFewerPixelsThanTheModel() {
        List<SubjectPicture> pictures = List.of(picture(512, 700), picture(900, 511));

        assertThat(Findings.ofSizes(pictures, 512)).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("upscaled");
            assertThat(it.pictures()).containsExactly(1);
            assertThat(it.message()).startsWith("1.png has 900x511 pixels and is enlarged to train at 512.");
            assertThat(it.figures()).containsEntry("short_side", 511).containsEntry("threshold", 512);
        });
    }

    /** What a subject of these pictures answers. */
    private static List<Finding> findings(String classWord, RgbImage... images) {
        List<CheckedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            Traits traits =
                    Traits.of(images[i], new Orientation(1), PersonWords.mean(classWord) ? FACES::in : it -> null);
            pictures.add(new CheckedPicture(i + ".png", "png", images[i], traits));
        }
        return new Subject(classWord, true, List.of(), Findings.of(pictures), Instant.EPOCH).findings(classWord, 64);
    }

    private static double figure(Finding finding, String name) {
        return Objects.requireNonNull(finding.figures().get(name), name).doubleValue();
    }

    private static SubjectPicture picture(int width, int height) {
        return new SubjectPicture(height < width ? "1.png" : "0.png", "", width, height, "png", null, null, null);
    }

    private static RgbImage read(String name) {
        try (InputStream in =
                Objects.requireNonNull(FindingsTests.class.getClassLoader().getResourceAsStream(name), name)) {
            return Png.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RgbImage plain(int red, int green, int blue) {
        byte[] rgb = new byte[128 * 128 * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return new RgbImage(128, 128, rgb);
    }

    private static RgbImage part(RgbImage image, int x, int y, int side) {
        byte[] rgb = new byte[side * side * 3];
        for (int row = 0; row < side; row++) {
            System.arraycopy(image.rgb(), ((y + row) * image.width() + x) * 3, rgb, row * side * 3, side * 3);
        }
        return new RgbImage(side, side, rgb);
    }

    /** The other picture, in a frame of this one. */
    private static RgbImage framed(RgbImage frame, RgbImage picture) {
        return pasted(PillowResize.bicubic(frame, 256, 256), PillowResize.bicubic(picture, 180, 180), 38, 38);
    }

    private static RgbImage beside(RgbImage one, RgbImage other) {
        byte[] black = new byte[(one.width() + other.width()) * one.height() * 3];
        RgbImage all = new RgbImage(one.width() + other.width(), one.height(), black);
        return pasted(pasted(all, one, 0, 0), other, one.width(), 0);
    }

    private static RgbImage pasted(RgbImage onto, RgbImage image, int x, int y) {
        byte[] rgb = onto.rgb().clone();
        for (int row = 0; row < image.height(); row++) {
            System.arraycopy(
                    image.rgb(), row * image.width() * 3, rgb, ((y + row) * onto.width() + x) * 3, image.width() * 3);
        }
        return new RgbImage(onto.width(), onto.height(), rgb);
    }
}
