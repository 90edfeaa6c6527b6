package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api.Answer;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.subject.Subjects;
import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** Pictures of subjects. */
class SubjectPicturesTests extends SubjectApiTest {

    @Autowired
    Subjects subjects;

    @Autowired
    TestDatabase database;

    @Test
    void areServedAsTrainingUsesThem() {
        Answer subject = api.get("/v1/subjects/" + id);

        for (int i = 0; i < 3; i++) {
            String url = subject.at("/input_report/pictures/%d/url".formatted(i));
            assertThat(image(url).rgb())
                    .isEqualTo(subjects.images(UUID.fromString(id)).get(i).rgb());
        }
        Answer picture = api.get(subject.at("/input_report/pictures/0/url"));
        assertThat(picture.headers().getContentType()).hasToString("image/png");
        assertThat(picture.headers().getCacheControl()).contains("immutable", "private");
    }

    @Test
    void haveThumbnails() {
        Answer subject = create(large());

        RgbImage thumbnail = image(subject.at("/input_report/pictures/0/thumbnail_url"));

        assertThat(thumbnail.width()).isEqualTo(256);
        assertThat(thumbnail.height()).isEqualTo(171);
        assertThat(image(subject.at("/input_report/pictures/0/url")).width()).isEqualTo(384);
    }

    @Test
    void areShownInFullSizeIfAnEarlierReleaseHasStoredThem() {
        Answer subject = create(large());
        database.forgetThumbnails(UUID.fromString(subject.at("/id")));

        assertThat(image(subject.at("/input_report/pictures/0/thumbnail_url")).width())
                .isEqualTo(384);
    }

    @Test
    void comeWithTheJobsOfTheirSubject() {
        Answer job = submit("{\"subject_id\": \"%s\"}".formatted(id));

        assertThat(outsideOfTraining(job).get("pictures"))
                .isEqualTo(api.get("/v1/subjects/" + id).body().at("/input_report/pictures"));
    }

    @Test
    void areNotFoundBeyondTheLast() {
        String pictures = "/v1/subjects/%s/pictures/".formatted(id);

        assertThat(api.get(pictures + 2).status()).isEqualTo(200);
        Answer refused = api.get(pictures + 3);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.at("/detail")).contains("picture 3");
        assertThat(api.get(pictures + "3/thumbnail").status()).isEqualTo(404);
        assertThat(api.get("/v1/subjects/%s/pictures/0".formatted(UUID.randomUUID()))
                        .status())
                .isEqualTo(404);
        assertThat(api.send(HttpMethod.GET, pictures + "-1", it -> {}, null, null)
                        .status())
                .isEqualTo(404);
    }

    /** The owl with 384x256 pixels. */
    private static MultiValueMap<String, Object> large() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        for (int i = 1; i <= 3; i++) {
            try (InputStream in = new ClassPathResource("subjects/owl/%d.png".formatted(i)).getInputStream()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Png.write(PillowResize.bicubic(Png.read(in), 384, 256), Map.of(), out);
                form.add("images", new ByteArrayResource(out.toByteArray()) {
                    @Override
                    public String getFilename() {
                        return "owl.png";
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        form.add("class_word", "bird");
        return form;
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
