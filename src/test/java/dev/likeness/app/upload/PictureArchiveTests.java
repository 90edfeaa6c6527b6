package dev.likeness.app.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.app.picture.PictureProblem;
import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.SamplePictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives in place of pictures, and captions beside pictures. */
class PictureArchiveTests {

    private final PictureDownloads downloads = new PictureDownloads(
            new ImageUrlSettings(false, Duration.ofSeconds(1), Duration.ofSeconds(1), 0, null),
            SampleUploads.SETTINGS,
            new dev.likeness.app.outbound.TargetAddresses(false, host -> new java.net.InetAddress[0]),
            SSLContexts.createDefault());
    private final PictureSources sources = new PictureSources(downloads);
    private final PictureIntake intake = SampleUploads.intake(new dev.likeness.app.picture.FaceSearch(), pixels -> {});

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @AfterEach
    void close() throws IOException {
        downloads.close();
    }

    @Test
    void replacesPictures() throws IOException {
        pictures("a/1.png", "a/2.png", "b/1.png");

        try (SentPictures sent = open(SampleArchives.zip(files))) {
            assertThat(sent.pictures()).extracting(Upload::fileName).containsExactly("a/1.png", "a/2.png", "b/1.png");
            assertThat(sent.captionOfEach()).isEmpty();
            assertThat(intake.check(sent.pictures(), false))
                    .extracting(CheckedPicture::fileName)
                    .containsExactly("1.png", "2.png", "1.png");
        }
    }

    @Test
    void mayBeZip64() throws IOException {
        pictures("1.png", "2.png", "3.png");

        try (SentPictures sent = open(SampleArchives.zip64(files))) {
            assertThat(intake.check(sent.pictures(), false)).hasSize(3);
        }
    }

    @Test
    void losesFoldersAndWhatSystemsAdd() throws IOException {
        files.put("set/", new byte[0]);
        pictures("set/1.png");
        files.put("__MACOSX/set/._1.png", SampleArchives.text("Mac OS X"));
        files.put("set/.DS_Store", SampleArchives.text("Bud1"));
        files.put("set/Thumbs.db", SampleArchives.text("thumbs"));
        files.put("desktop.ini", SampleArchives.text("[.ShellClassInfo]"));
        pictures("set/2.png");

        try (SentPictures sent = open(SampleArchives.zip(files))) {
            assertThat(sent.pictures()).extracting(Upload::fileName).containsExactly("set/1.png", "set/2.png");
        }
    }

    @Test
    void bringsCaptionsOfTheSameName() throws IOException {
        pictures("a/1.png", "b/1.png", "2.webp.png");
        files.put("a/1.txt", SampleArchives.text("\ufeffa red\r\nteapot\n"));
        files.put("b/1.TXT", "ein blauer Kännchen".getBytes(StandardCharsets.UTF_16));
        files.put("2.webp.txt", SampleArchives.text("a teapot"));

        try (SentPictures sent = open(SampleArchives.zip(files))) {
            assertThat(sent.captionOfEach()).containsExactly("a red teapot", "ein blauer Kännchen", "a teapot");
        }
    }

    @Test
    void hasAnEmptyTextForNoCaption() throws IOException {
        pictures("1.png", "2.png");
        files.put("1.txt", SampleArchives.text(" \n"));
        files.put("2.txt", SampleArchives.text("a teapot"));

        try (SentPictures sent = open(SampleArchives.zip(files))) {
            assertThat(sent.captions()).containsExactly(null, "a teapot");
            assertThatExceptionOfType(UnusablePicturesException.class)
                    .isThrownBy(sent::captionOfEach)
                    .withMessage("1.png has no caption, but other pictures have one; add one to each picture, or to"
                            + " none.");
        }
    }

    @Test
    void needsNoArchiveForCaptions() throws IOException {
        List<Upload> uploads = List.of(
                SampleUploads.upload("1.png", SamplePictures.read("rgb.png")),
                SampleUploads.upload("1.txt", SampleArchives.text("a teapot")));

        try (SentPictures sent = sources.open(uploads, List.of(), SampleUploads.SETTINGS.ofSubject())) {
            assertThat(sent.captionOfEach()).containsExactly("a teapot");
        }
    }

    @Test
    void leavesAPictureThatIsNamedLikeATextAPicture() throws IOException {
        files.put("1.txt", SamplePictures.read("rgb.png"));

        try (SentPictures sent = open(SampleArchives.zip(files))) {
            assertThat(sent.pictures()).hasSize(1);
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../1.png",
                    "a/../../1.png",
                    "/etc/1.png",
                    "C:\\1.png",
                    "a\\..\\1.png",
                    "..\\1.png",
                    "../__MACOSX/1.png"
                })
        void pathsThatLeadOut(String name) throws IOException {
            pictures(name, "2.png");

            PictureProblem problem = problem(SampleArchives.zip(files));

            assertThat(problem.kind()).isEqualTo(Kind.ARCHIVE);
            assertThat(problem.message()).isEqualTo("""
                    1.png has a path that leads out of the archive; pack it with a relative path.""");
        }

        @Test
        void otherFilesBesideIt() throws IOException {
            pictures("1.png");
            List<Upload> uploads = List.of(
                    SampleUploads.upload("1.png", SamplePictures.read("rgb.png")),
                    SampleUploads.upload("more.zip", SampleArchives.zip(files)));

            assertThatExceptionOfType(UnusablePicturesException.class)
                    .isThrownBy(() -> sources.open(uploads, List.of(), SampleUploads.SETTINGS.ofSubject()))
                    .withMessage("more.zip is a ZIP archive among other files; send one archive alone, or no archive.");
        }

        @Test
        void namesThatOccurTwice() throws IOException {
            pictures("1.png", "|1.png", "2.png");

            assertThat(problem(SampleArchives.zip(files)).message())
                    .isEqualTo("1.png is in the archive more than once; leave out all but one.");
        }

        @Test
        void encryptedFiles() throws IOException {
            pictures("1.png", "2.png");
            byte[] zip = SampleArchives.zip(files);
            set(zip, directory(zip, "2.png") + 8, (byte) 1);

            assertThat(problem(zip).message()).isEqualTo("2.png is encrypted; pack it without a password.");
        }

        @Test
        void unknownCompression() throws IOException {
            pictures("1.png");
            byte[] zip = SampleArchives.zip(files);
            set(zip, directory(zip, "1.png") + 10, (byte) 12);

            assertThat(problem(zip).message())
                    .isEqualTo("1.png is compressed with method 12; use deflate or no compression.");
        }

        /** Each of size, compressed size and checksum in the directory, and in the header of a stored file. */
        @ParameterizedTest
        @ValueSource(ints = {14, 18, 22})
        void headersThatContradictEachOther(int offset) throws IOException {
            byte[] zip = stored("1.png", SamplePictures.read("rgb.png"));
            set(zip, offset, (byte) (zip[offset] + 1));

            assertThat(problem(zip).message())
                    .isEqualTo("1.png has contradicting headers in the archive; pack it again.");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 1})
        void wrongSizes(int by) throws IOException {
            pictures("1.png", "2.png", "3.png");
            byte[] zip = SampleArchives.zip(files);
            int size = directory(zip, "2.png") + 24;
            ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putInt(size, bytes.getInt(size) + by);

            assertDamaged(zip);
        }

        @Test
        void wrongChecksums() throws IOException {
            pictures("1.png", "2.png", "3.png");
            byte[] zip = SampleArchives.zip(files);
            set(zip, directory(zip, "2.png") + 16, (byte) (zip[directory(zip, "2.png") + 16] + 1));

            assertDamaged(zip);
        }

        private void assertDamaged(byte[] zip) {
            try (SentPictures sent = open(zip)) {
                UnusablePicturesException refused = catchThrowableOfType(
                        UnusablePicturesException.class, () -> intake.check(sent.pictures(), false));

                assertThat(refused.problems()).hasSize(1);
                assertThat(refused.problems().get(0).index()).isEqualTo(1);
                assertThat(refused.problems().get(0).message())
                        .startsWith("2.png is damaged: it has another size or checksum than the archive says");
            }
        }

        /** Ten megabytes of zeros in ten kilobytes. Nothing of it is inflated. */
        @Test
        void moreThanAnUploadMayHave() throws IOException {
            files.put("1.png", new byte[10 << 20]);

            PictureProblem problem = problem(SampleArchives.zip(files));

            assertThat(problem.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(problem.message())
                    .isEqualTo("The files of the ZIP archive have a total size of 10.0 MB; the limit is 0.2 MB.");
        }

        @Test
        void filesThatInflateToMoreThanTheySay() throws IOException {
            files.put("1.png", new byte[200_000]);
            byte[] zip = SampleArchives.zip(files);
            ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(directory(zip, "1.png") + 24, 100);
            try (SentPictures sent = open(zip)) {
                assertThatExceptionOfType(dev.likeness.app.picture.RefusedPictureException.class)
                        .isThrownBy(() -> {
                            try (InputStream in =
                                    sent.pictures().get(0).content().open()) {
                                in.readAllBytes();
                            }
                        });
            }
        }

        @Test
        void directoriesThatFillTheMemory() {
            for (int i = 0; i < 5_000; i++) {
                files.put("x".repeat(200) + i, new byte[0]);
            }
            byte[] zip = SampleArchives.zip(files);
            Upload upload = SampleUploads.upload("many.zip", zip);
            PictureLimits limits = new PictureLimits(1, 6, org.springframework.util.unit.DataSize.ofMegabytes(80));

            assertThat(catchThrowableOfType(
                                    UnusablePicturesException.class,
                                    () -> sources.open(List.of(upload), List.of(), limits))
                            .problems()
                            .get(0)
                            .kind())
                    .isEqualTo(Kind.TOO_LARGE);
        }

        @ParameterizedTest
        @ValueSource(ints = {4, 100, 1_000})
        void archivesThatEndTooEarly(int length) throws IOException {
            pictures("1.png", "2.png");
            byte[] zip = java.util.Arrays.copyOf(SampleArchives.zip(files), length);

            assertThat(problem(zip).message()).startsWith("The ZIP archive is damaged");
        }

        @Test
        void captionsOfNoPicture() throws IOException {
            pictures("1.png");
            files.put("2.txt", SampleArchives.text("a teapot"));

            PictureProblem problem = problem(SampleArchives.zip(files));

            assertThat(problem.kind()).isEqualTo(Kind.CAPTION);
            assertThat(problem.message()).startsWith("2.txt is a caption, but there is no picture of the same name");
        }

        @Test
        void captionsThatAreNoTexts() throws IOException {
            pictures("1.png", "2.png", "3.png", "4.png");
            files.put("1.txt", new byte[] {(byte) 0xff, 'a', 'b'});
            files.put("2.txt", SampleArchives.text("a {token}"));
            files.put("3.txt", SampleArchives.text("x".repeat(1001)));
            files.put("4.txt", SampleArchives.text("bell\u0007"));

            assertThat(problems(SampleArchives.zip(files)))
                    .extracting(PictureProblem::message)
                    .containsExactly(
                            "1.txt is not a text in UTF-8; save it with that encoding.",
                            "2.txt is a caption that has braces other than those of {subject} and {class}; remove them.",
                            "3.txt is a caption that has more than 1000 characters; shorten it.",
                            "4.txt is a caption that has control characters; remove them.");
        }

        @Test
        void anArchiveInAnArchive() throws IOException {
            pictures("1.png", "2.png");
            byte[] inner = SampleArchives.zip(files);
            files.put("3.zip", inner);

            try (SentPictures sent = open(SampleArchives.zip(files))) {
                assertThatExceptionOfType(UnusablePicturesException.class)
                        .isThrownBy(() -> intake.check(sent.pictures(), false))
                        .withMessageStartingWith("3.zip is a ZIP archive");
            }
        }
    }

    private void pictures(String... names) throws IOException {
        for (String name : names) {
            files.put(name, SamplePictures.read("rgb.jpg"));
        }
    }

    private SentPictures open(byte[] zip) {
        return sources.open(
                List.of(SampleUploads.upload("pictures.zip", zip)), List.of(), SampleUploads.SETTINGS.ofSubject());
    }

    private PictureProblem problem(byte[] zip) {
        List<PictureProblem> problems = problems(zip);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private List<PictureProblem> problems(byte[] zip) {
        return catchThrowableOfType(UnusablePicturesException.class, () -> open(zip))
                .problems();
    }

    private static void set(byte[] zip, int offset, byte value) {
        zip[offset] = value;
    }

    /** Where the directory's entry of a file begins. */
    private static int directory(byte[] zip, String name) {
        byte[] wanted = SampleArchives.text(name);
        for (int i = zip.length - 46 - wanted.length; i >= 0; i--) {
            if (zip[i] == 'P'
                    && zip[i + 1] == 'K'
                    && zip[i + 2] == 1
                    && zip[i + 3] == 2
                    && java.util.Arrays.equals(wanted, 0, wanted.length, zip, i + 46, i + 46 + wanted.length)) {
                return i;
            }
        }
        throw new AssertionError(name);
    }

    private static byte[] stored(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CRC32 crc = new CRC32();
        crc.update(content);
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            out.putNextEntry(entry);
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
