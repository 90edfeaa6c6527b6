package dev.likeness.app.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.app.picture.FaceSearch;
import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.SamplePictures;
import dev.likeness.app.security.Acting;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureIntakeTests {

    private final PictureIntake intake = SampleUploads.intake(new FaceSearch(), pixels -> {});

    @Test
    void takesEveryKindOfStillPicture() throws IOException {
        List<CheckedPicture> pictures = intake.check(
                List.of(
                        SampleUploads.upload("rgb.jpg"),
                        SampleUploads.upload("rgba.png"),
                        SampleUploads.upload("lossy-alpha.webp")),
                false);

        assertThat(pictures).extracting(CheckedPicture::originalFormat).containsExactly("jpeg", "png", "webp");
    }

    @Test
    void reducesWhatIsLargerThanAnyModelNeeds() throws IOException {
        CheckedPicture picture = accepted("rgb.png", SamplePictures.read("rgb.png"));

        assertThat(picture.image().width()).isEqualTo(90);
        assertThat(picture.image().height()).isEqualTo(67);
    }

    @Test
    void knowsFormatsByTheirBytesNotTheirNames() throws IOException {
        assertThat(accepted("photo.gif", SamplePictures.read("rgb.jpg")).originalFormat())
                .isEqualTo("jpeg");
        assertThat(refused("photo.png", SamplePictures.read("picture.gif")).kind())
                .isEqualTo(Kind.UNSUPPORTED_FORMAT);
    }

    @Test
    void leavesBehindWhatFollowsTheEndOfAPicture() throws IOException {
        for (String name : List.of("rgb.jpg", "rgb.png", "lossless.webp")) {
            byte[] polyglot = concat(SamplePictures.read(name), ascii("PK\3\4<script>alert(1)</script>"));

            assertThat(accepted(name, polyglot).image().rgb())
                    .as(name)
                    .isEqualTo(accepted(name, SamplePictures.read(name)).image().rgb());
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 7})
        void tooFewAndTooManyPictures(int count) throws IOException {
            List<Upload> uploads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                uploads.add(SampleUploads.upload("rgb.png"));
            }

            PictureProblem problem = problems(uploads).get(0);

            assertThat(problem.kind()).isEqualTo(Kind.COUNT);
            assertThat(problem.message()).endsWith(" sent; send 3 to 6.").startsWith(count + " picture");
        }

        @Test
        void aFileThatIsTooLargeWhateverItSaysOfItsSize() {
            byte[] large = new byte[100 * 1024 + 1];
            Upload honest = SampleUploads.upload("large.jpg", large);
            Upload lying = new Upload("large.jpg", 10, honest.content());

            for (Upload upload : List.of(honest, lying)) {
                PictureProblem problem = refused(upload);
                assertThat(problem.kind()).isEqualTo(Kind.TOO_LARGE);
                assertThat(problem.message()).isEqualTo("large.jpg has 0.1 MB; send at most 0.1 MB.");
            }
        }

        @Test
        void filesThatAreTooLargeTogether() {
            Upload upload = SampleUploads.upload("a.jpg", new byte[90 * 1024]);

            PictureProblem problem = problems(List.of(upload, upload, upload)).get(0);

            assertThat(problem.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(problem.index()).isNull();
        }

        @Test
        void tooManyPixelsWithoutDecodingThem() throws IOException {
            byte[] png = SamplePictures.read("rgb.png");
            PictureProblem problem = refused("bomb.png", withHeader(png, 40_000, 40_000));

            assertThat(problem.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(problem.message())
                    .isEqualTo("bomb.png has 40000x40000 pixels; the limit is 1 million pixels. Reduce the picture.");
        }

        @Test
        void halfAsManyPixelsOfSixteenBits() throws IOException {
            byte[] wide = SamplePictures.read("rgb16.png");

            PictureProblem problem = refused("wide.png", withHeader(wide, 1_000, 501));

            assertThat(problem.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(problem.message())
                    .isEqualTo("wide.png has 1000x501 pixels of 16 bits; the limit is 0.5 million pixels of 16"
                            + " bits. Reduce the picture, or save it with 8 bits.");
            // Not too large; what is said is that the data are others'.
            assertThat(refused("wide.png", withHeader(wide, 1_000, 500)).kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(refused("a.png", withHeader(SamplePictures.read("rgb.png"), 1_000, 501))
                            .kind())
                    .isEqualTo(Kind.UNREADABLE);
        }

        @Test
        void tooFewPixels() throws IOException {
            PictureProblem problem = refused("small.png", withHeader(SamplePictures.read("rgb.png"), 96, 63));

            assertThat(problem.kind()).isEqualTo(Kind.TOO_SMALL);
        }

        @Test
        void aHeaderThatLiesAboutTheData() throws IOException {
            assertThat(refused("a.png", withHeader(SamplePictures.read("rgb.png"), 96, 80))
                            .kind())
                    .isEqualTo(Kind.UNREADABLE);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
        void anExtendedWebpWhoseHeaderIsTooShort(int length) throws IOException {
            byte[] rest = SamplePictures.read("lossless.webp");
            byte[] start = new byte[8 + length];
            System.arraycopy(ascii("VP8X"), 0, start, 0, 4);
            start[4] = (byte) length;
            byte[] padded = Arrays.copyOf(start, start.length + length % 2);
            byte[] webp = concat(concat(Arrays.copyOf(rest, 12), padded), Arrays.copyOfRange(rest, 12, rest.length));
            for (int shift = 0; shift < 4; shift++) {
                webp[4 + shift] = (byte) (webp.length - 8 >> 8 * shift);
            }

            assertThat(refused("hostile.webp", webp).kind()).isEqualTo(Kind.UNREADABLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"animated.png", "animated.webp"})
        void animatedPictures(String name) throws IOException {
            PictureProblem problem = refused(name, SamplePictures.read(name));

            assertThat(problem.kind()).isEqualTo(Kind.ANIMATED);
            assertThat(problem.message()).isEqualTo(name + " is animated; send a still picture.");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "GIF89a............ | a GIF",
                    "BM................ | a BMP",
                    "%PDF-1.7.......... | a PDF",
                    "<svg xmlns='...... | an SVG",
                    "<?xml version='1.0 | an SVG or other XML",
                    "....ftypavif...... | an AVIF",
                    "....ftypheic...... | a HEIC picture or a video",
                    "hello, world ..... | in an unknown format",
                    "RIFF....WAVEfmt .. | in an unknown format",
                })
        void otherFormatsByTheirNames(String start, String format) {
            PictureProblem problem = refused("file", ascii(start));

            assertThat(problem.kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
            assertThat(problem.message()).isEqualTo("file is %s; send JPEG, PNG or WebP.".formatted(format));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"rgb.jpg", "progressive.jpg", "cmyk.jpg", "rgb.png", "lossy.webp", "lossless-alpha.webp"})
        void aFileThatEndsAnywhereBeforeItsEnd(String name) throws IOException {
            byte[] whole = SamplePictures.read(name);
            for (int length = 16; length < whole.length; length += Math.max(1, whole.length / 50)) {
                assertThat(refused(name, Arrays.copyOf(whole, length)).kind())
                        .as("%d of %d bytes", length, whole.length)
                        .isEqualTo(Kind.TRUNCATED);
            }
        }

        @Test
        void anEmptyFile() {
            assertThat(refused("empty.png", new byte[0]).kind()).isEqualTo(Kind.TRUNCATED);
        }

        @Test
        void aPngWithAWrongChecksum() throws IOException {
            byte[] png = SamplePictures.read("rgb.png");
            png[png.length / 2] ^= 1;

            assertThat(refused("a.png", png).kind()).isEqualTo(Kind.UNREADABLE);
        }

        @Test
        void aJpegWithMoreScansThanAPictureNeeds() throws IOException {
            byte[] jpeg = SamplePictures.read("gray.jpg");
            int scan = indexOf(jpeg, 0xda);
            ByteArrayOutputStream busy = new ByteArrayOutputStream();
            busy.write(jpeg, 0, scan);
            for (int i = 0; i < 101; i++) {
                busy.write(jpeg, scan, 10);
            }
            busy.write(jpeg, scan, jpeg.length - scan);

            assertThat(refused("busy.jpg", busy.toByteArray()).message()).contains("more than 100 scans");
        }
    }

    /** Whatever the bytes are, the answer is a picture or a refusal. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "orientation-6.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "palette.png",
                "profile.png",
                "lossy-alpha.webp",
                "lossless.webp"
            })
    void survivesDamageAnywhere(String name) throws IOException {
        byte[] whole = SamplePictures.read(name);
        for (int at = 12; at < whole.length; at += Math.max(1, whole.length / 150)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 + at % 255);
            try {
                intake.check(
                        List.of(
                                SampleUploads.upload(name, damaged),
                                SampleUploads.upload("rgb.png"),
                                SampleUploads.upload("rgb.png")),
                        false);
            } catch (UnusablePicturesException e) {
                assertThat(e.problems()).hasSize(1);
            }
        }
    }

    @Test
    void countsThePixelsOfAllFilesBeforeAnyIsDecoded() throws IOException {
        List<Long> taken = new ArrayList<>();
        List<Upload> uploads = List.of(
                SampleUploads.upload("rgb.png"),
                SampleUploads.upload("rgb16.png"),
                SampleUploads.upload("animated.png"),
                SampleUploads.upload("rgb.jpg"));
        PictureIntake counting = SampleUploads.intake(new FaceSearch(), taken::add);

        assertThatThrownBy(() -> counting.check(uploads, false)).isInstanceOf(UnusablePicturesException.class);

        assertThat(taken).containsExactly(96 * 72 * (1 + 2 + 1L));
    }

    @Test
    void decodesNothingBeyondTheBudget() throws IOException {
        byte[] undecodable = withHeader(SamplePictures.read("rgb.png"), 96, 80);
        List<Upload> uploads = Collections.nCopies(3, SampleUploads.upload("rgb.png", undecodable));
        PictureIntake poor = SampleUploads.intake(new FaceSearch(), pixels -> {
            throw new TooManyPixelsException(Duration.ofSeconds(7));
        });

        assertThatThrownBy(() -> poor.check(uploads, false))
                .isInstanceOfSatisfying(
                        TooManyPixelsException.class, e -> assertThat(e.pause()).isEqualTo(Duration.ofSeconds(7)));
    }

    /** The first one's large file does not end: who waits for it would wait for ever. */
    @Test
    void letsOrdinaryFilesPassOthersLargeOnes() throws Exception {
        CountDownLatch decoding = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger opened = new AtomicInteger();
        Upload rgb = SampleUploads.upload("rgb.png");
        Upload large = SampleUploads.upload("large.png", blank(600, 600));
        Upload endless = new Upload("endless.png", large.size(), () -> {
            // The first time, nothing but its size is looked at.
            if (opened.incrementAndGet() == 2) {
                decoding.countDown();
                await(end);
            }
            return large.content().open();
        });
        ExecutorService callers = Executors.newFixedThreadPool(3);
        try {
            Future<List<CheckedPicture>> first =
                    callers.submit(Acting.as("first", () -> intake.check(List.of(rgb, endless, rgb), false)));
            await(decoding);
            Future<List<CheckedPicture>> alsoLarge =
                    callers.submit(Acting.as("third", () -> intake.check(List.of(rgb, rgb, large), false)));

            assertThat(callers.submit(Acting.as("second", () -> intake.check(List.of(rgb, rgb, rgb), false)))
                            .get(1, TimeUnit.MINUTES))
                    .hasSize(3);

            // One large one is in memory.
            assertThat(alsoLarge).isNotDone();
            end.countDown();
            assertThat(first.get(1, TimeUnit.MINUTES)).hasSize(3);
            assertThat(alsoLarge.get(1, TimeUnit.MINUTES)).hasSize(3);
        } finally {
            end.countDown();
            callers.shutdown();
        }
    }

    private static byte[] blank(int width, int height) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        Png.write(new RgbImage(width, height, new byte[width * height * 3]), Map.of(), png);
        return png.toByteArray();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void namesEveryFileThatCannotBeUsed() throws IOException {
        List<PictureProblem> problems = problems(List.of(
                SampleUploads.upload("rgb.png"),
                SampleUploads.upload("a.txt", ascii("nothing to see here")),
                SampleUploads.upload("animated.png")));

        assertThat(problems).extracting(PictureProblem::index).containsExactly(1, 2);
        assertThat(problems).extracting(PictureProblem::fileName).containsExactly("a.txt", "animated.png");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\Pictures\\me.jpg, me.jpg",
        "'', picture 1",
        "a/, picture 1",
    })
    void showsNamesWithoutTheirFolders(String name, String shown) {
        assertThat(refused(name, ascii("no picture at all")).fileName()).isEqualTo(shown);
    }

    @Test
    void showsNamesWithoutControlCharactersAndNotEndlessly() {
        byte[] bytes = ascii("no picture at all");

        assertThat(refused("a\r\n\u001b[31mb\u202e.png", bytes).fileName()).isEqualTo("a[31mb.png");
        assertThat(refused("x".repeat(5000), bytes).fileName()).hasSize(101).endsWith("…");
        assertThat(refused("x" + "😀".repeat(100), bytes).fileName()).isEqualTo("x" + "😀".repeat(99) + "…");
        assertThat(refused("😀".repeat(100), bytes).fileName()).isEqualTo("😀".repeat(100));
    }

    private CheckedPicture accepted(String name, byte[] content) throws IOException {
        return intake.check(
                        List.of(
                                SampleUploads.upload(name, content),
                                SampleUploads.upload("rgb.png"),
                                SampleUploads.upload("rgb.png")),
                        false)
                .get(0);
    }

    private PictureProblem refused(String name, byte[] content) {
        return refused(SampleUploads.upload(name, content));
    }

    private PictureProblem refused(Upload upload) {
        try {
            List<PictureProblem> problems =
                    problems(List.of(upload, SampleUploads.upload("rgb.png"), SampleUploads.upload("rgb.png")));
            assertThat(problems).hasSize(1);
            return problems.get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<PictureProblem> problems(List<Upload> uploads) {
        UnusablePicturesException refusal =
                catchThrowableOfType(UnusablePicturesException.class, () -> intake.check(uploads, false));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal.problems();
    }

    /** The PNG with another size in its header, and a checksum that fits. */
    private static byte[] withHeader(byte[] png, int width, int height) {
        byte[] changed = png.clone();
        put(changed, 16, width);
        put(changed, 20, height);
        CRC32 sum = new CRC32();
        sum.update(changed, 12, 17);
        put(changed, 29, (int) sum.getValue());
        return changed;
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> (24 - 8 * i));
        }
    }

    private static int indexOf(byte[] jpeg, int marker) {
        for (int i = 0; i < jpeg.length - 1; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
