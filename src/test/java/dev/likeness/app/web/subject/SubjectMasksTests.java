package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.subject.Subjects;
import dev.likeness.diffusion.data.Crop;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** Masks of pictures, and pictures as training sees them. */
class SubjectMasksTests extends SubjectApiTest {

    private static final int SIDE = 256;
    private static final String WHOLE = "{\"x\": 0, \"y\": 0, \"width\": 1, \"height\": 1}";

    @Autowired
    Subjects subjects;

    @Test
    void areStoredShownAndDeletedWithTheirPicture() {
        MultiValueMap<String, Object> form = Api.owl();
        BufferedImage mask = mask();
        // No other subject shares this file.
        mask.getRaster().setSample(SIDE - 1, SIDE - 1, 0, 77);
        form.add("masks", png("2.png", mask));

        Answer subject = create(form);

        assertThat(subject.status()).as(subject.text()).isEqualTo(201);
        assertThat(subject.body().at("/input_report/pictures/0/masked_share").isNull())
                .isTrue();
        assertThat(subject.body().at("/input_report/pictures/0/mask_url").isNull())
                .isTrue();
        assertThat(subject.body().at("/input_report/pictures/1/masked_share").asDouble())
                .isCloseTo(0.25 + 77 / 255.0 / SIDE / SIDE, within(1e-12));
        RgbImage shown = image(subject.at("/input_report/pictures/1/mask_url"));
        RgbImage expected = expected();
        Arrays.fill(expected.rgb(), expected.rgb().length - 3, expected.rgb().length, (byte) 77);
        assertThat(shown.rgb()).isEqualTo(expected.rgb());
        UUID subjectId = UUID.fromString(subject.at("/id"));
        assertThat(subjects.masks(subjectId).get(1)).map(RgbImage::rgb).contains(expected.rgb());
        assertThat(subjects.masks(subjectId).get(0)).isEqualTo(Optional.empty());
        String file = "stored_file where sha256 = '%s'"
                .formatted(subjects.mask(subjectId, 1).fileSha256());
        assertThat(database.rows(file)).isOne();
        Answer without = api.get("/v1/subjects/%s/pictures/0/mask".formatted(subjectId));
        assertThat(without.status()).isEqualTo(404);
        assertThat(without.at("/detail")).startsWith("Picture 0 of subject %s has no mask.".formatted(subjectId));
        assertThat(api.delete("/v1/subjects/" + subjectId).status()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(database.rows(file)).isZero());
        assertThat(api.get("/v1/subjects/%s/pictures/0/mask".formatted(id)).status())
                .isEqualTo(404);
    }

    /** White in the upper left quarter. */
    private static BufferedImage mask() {
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < SIDE * SIDE / 4; i++) {
            mask.getRaster().setSample(i % (SIDE / 2), i / (SIDE / 2), 0, 255);
        }
        return mask;
    }

    private static RgbImage expected() {
        RgbImage expected = new RgbImage(SIDE, SIDE, new byte[SIDE * SIDE * 3]);
        for (int i = 0; i < expected.rgb().length; i++) {
            int pixel = i / 3;
            expected.rgb()[i] = (byte) (pixel % SIDE < SIDE / 2 && pixel / SIDE < SIDE / 2 ? 255 : 0);
        }
        return expected;
    }

    @Test
    void areTheTransparencyOfAPictureUnlessThereIsAFile() {
        MultiValueMap<String, Object> form = Api.owl();
        form.remove("images");
        for (int i = 0; i < 3; i++) {
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
            paint(picture, i);
            form.add("images", png(i + ".png", picture));
        }
        form.add("masks", png("2.png", mask()));

        Answer subject = create(form);

        assertThat(subject.body().at("/input_report/pictures/0/masked_share").asDouble())
                .isCloseTo(0.5, within(1e-9));
        assertThat(subject.body().at("/input_report/pictures/2/masked_share").asDouble())
                .isEqualTo(0.25);
    }

    /** Opaque in the right half. */
    private static void paint(BufferedImage picture, int seed) {
        for (int i = 0; i < SIDE * SIDE; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            int colour = (x * (seed + 3) * 7 + y * y * (seed + 1)) & 0xffffff;
            picture.setRGB(x, y, x < SIDE / 2 ? 0 : 0xff000000 | colour);
        }
    }

    @Test
    void areRefusedByName() {
        assertRefused(
                with(it -> it.add("masks", png("1.png", new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY)))),
                "masks.0",
                "too_small");
        assertRefused(
                with(it -> {
                    it.add("masks", png("2.png", mask()));
                    it.add("masks", png("1.png", new BufferedImage(SIDE, 2 * SIDE, BufferedImage.TYPE_BYTE_GRAY)));
                }),
                "masks.1",
                "wrong_size");
        assertRefused(with(it -> it.add("masks", png("1.png", coloured()))), "masks.0", "not_gray");
        assertRefused(
                with(it -> it.add("masks", png("3.png", new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY)))),
                "masks.0",
                "empty");
        assertRefused(with(it -> it.add("masks", "text")), "masks", "type_error");
        assertRefused(with(it -> it.add("masks", png("other.png", mask()))), "masks", "wrong_length");
        assertRefused(
                with(it -> {
                    it.remove("images");
                    it.add("masks", png("1.png", mask()));
                }),
                "masks",
                "value_error");
    }

    private static BufferedImage coloured() {
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        mask.setRGB(3, 3, 0x0000ff);
        return mask;
    }

    private Answer with(Consumer<MultiValueMap<String, Object>> change) {
        MultiValueMap<String, Object> form = Api.owl();
        change.accept(form);
        return create(form);
    }

    @Test
    void mustExistForAJobThatUsesThem() {
        String request = "{\"subject_id\": \"%s\", \"spec\": {\"mask\": {\"enabled\": true}}}";

        assertRefused(submit(request.formatted(id)), "spec.mask.enabled", "no_masks");
        assertRefused(api.post("/v1/plans", request.formatted(id)), "spec.mask.enabled", "no_masks");
        Answer form = api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> {},
                Api.owl("{\"mask\": {\"enabled\": true}}"),
                MediaType.MULTIPART_FORM_DATA);
        assertRefused(form, "spec.mask.enabled", "no_masks");
    }

    @Test
    void cropBoxesAreOneForEachPictureAndInsideIt() {
        assertRefused(submit(boxes(WHOLE + ", " + WHOLE)), "spec.training.crop_boxes", "wrong_length");
        assertRefused(
                submit(boxes(WHOLE + ", {\"x\": 0.5, \"y\": 0, \"width\": 0.6, \"height\": 1}, " + WHOLE)),
                "spec.training.crop_boxes.1",
                "value_error");
        assertRefused(
                submit(boxes(WHOLE + ", {\"x\": 0.5, \"y\": -1, \"width\": 0.5, \"height\": 1}, " + WHOLE)),
                "spec.training.crop_boxes.1.y",
                "greater_than_equal");
        assertRefused(submit(boxes("null, null, null")), "spec.training.crop_boxes.0", "value_error");
    }

    @ParameterizedTest
    @CsvSource({"center, true", "face, true", "saliency, true", "random, false"})
    void cropsMustNotContradict(String crop, String random) {
        assertRefused(
                submit("{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"crop\": \"%s\", \"random_crop\": %s}}}"
                        .formatted(id, crop, random)),
                "spec.training.random_crop",
                "value_error");
    }

    private String boxes(String boxes) {
        return "{\"subject_id\": \"%s\", \"spec\": {\"training\": {\"crop_boxes\": [%s]}}}".formatted(id, boxes);
    }

    @Test
    void aJobShowsItsPicturesAsTrainingSeesThem() throws IOException {
        MultiValueMap<String, Object> form = Api.owl("""
                {"mask": {"enabled": true, "outside": 0},
                 "training": {"buckets": true, "crop_boxes": [%s, {"x": 0, "y": 0.25, "width": 1, "height": 0.5}, %s]}}
                """.formatted(WHOLE, WHOLE));
        form.add("masks", png("1.png", mask()));
        Answer job = api.send(HttpMethod.POST, "/v1/jobs", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
        assertThat(job.status()).as(job.text()).isEqualTo(202);

        RgbImage masked = image(job.at("/input_report/pictures/0/training_url"));
        RgbImage boxed = image(job.at("/input_report/pictures/1/training_url"));
        RgbImage plain = image(job.at("/input_report/pictures/2/training_url"));

        RgbImage first = training("subjects/owl/1.png");
        assertThat(masked.width()).isEqualTo(64);
        assertThat(Crop.of(masked, 0, 0, 31, 31).rgb())
                .isEqualTo(Crop.of(first, 0, 0, 31, 31).rgb());
        assertThat(Crop.of(masked, 33, 33, 31, 31).rgb()).containsOnly(128);
        // Sides of this model are multiples of 32.
        assertThat(boxed.width()).isEqualTo(64);
        assertThat(boxed.height()).isEqualTo(32);
        assertThat(plain.rgb()).isEqualTo(training("subjects/owl/3.png").rgb());
        String beyond = "/v1/jobs/%s/pictures/3".formatted(job.at("/id"));
        assertThat(api.get(beyond).status()).isEqualTo(404);
    }

    private static RgbImage training(String name) throws IOException {
        RgbImage picture = Png.read(new ClassPathResource(name).getInputStream());
        TrainingFrame frame = TrainingFrame.middle(picture.width(), picture.height(), 64);
        return frame.cut(frame.resized(picture));
    }

    private static ByteArrayResource png(String name, BufferedImage image) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return new ByteArrayResource(out.toByteArray()) {
                @Override
                public String getFilename() {
                    return name;
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RgbImage image(String url) {
        byte[] png = RestClient.create().get().uri(url).retrieve().body(byte[].class);
        try {
            return Png.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
