package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.picture.PictureFormat;
import dev.likeness.app.picture.StoredImage;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** How the files of images are served. */
@ApiTest
class JobImagesTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    JobProgress progress;

    @Test
    void areServedAsTheyAreForGood() {
        JsonNode image = api.get("/v1/jobs/" + worker.finishedJob(api) + "/images")
                .body()
                .at("/results/0");

        Answer answer = api.get(image.get("url").asString());

        assertThat(answer.headers().getContentType()).hasToString("image/png");
        assertThat(answer.headers().getETag())
                .isEqualTo("\"%s\"".formatted(image.get("sha256").asString()));
        assertThat(answer.headers().getCacheControl()).isEqualTo("max-age=31536000, private, immutable");
        assertThat(answer.text()).startsWith("first image of");
    }

    @Test
    void areServedInRanges() {
        Answer answer = api.get(url(), it -> it.set(HttpHeaders.RANGE, "bytes=0-4"));

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.text()).isEqualTo("first");
    }

    @Test
    void areNotSentAgainToWhomHasThem() {
        String url = url();
        String etag = String.valueOf(api.get(url).headers().getETag());

        Answer answer = api.get(url, it -> it.setIfNoneMatch(etag));

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void areAnnouncedToHead() {
        Answer answer = api.send(HttpMethod.HEAD, url(), it -> {}, null, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().getContentLength()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void areServedInTheirFormatUnderAName(PictureFormat format) {
        UUID job = UUID.fromString(api.submit(Api.owl()).at("/id"));
        StoredFile file = worker.file("an image as " + format);
        worker.work(job, lease -> progress.addImage(lease, TestWorker.image(new StoredImage(format, file, null), 2)));
        JsonNode image = api.get("/v1/jobs/%s/images".formatted(job)).body().at("/results/2");

        Answer answer = api.get(image.get("url").asString());

        assertThat(image.get("format").asString()).isEqualTo(format.wire());
        assertThat(answer.headers().getContentType()).hasToString("image/" + format.wire());
        assertThat(answer.headers().getContentDisposition().isInline()).isTrue();
        assertThat(answer.headers().getContentDisposition().getFilename())
                .isEqualTo("%s.%s".formatted(image.get("id").asString(), format.wire()));
        assertThat(answer.text()).isEqualTo("an image as " + format);
    }

    @ParameterizedTest
    @CsvSource({
        "image_format, '\"gif\"', pattern_mismatch",
        "image_quality, 0, greater_than_equal",
        "image_quality, 101, less_than_equal"
    })
    void areRefusedInOtherFormats(String field, String value, String type) {
        Answer answer = api.submit(Api.owl("{\"sampling\": {\"%s\": %s}}".formatted(field, value)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/loc").toString()).endsWith("\"sampling\",\"%s\"]".formatted(field));
        assertThat(answer.at("/errors/0/type")).isEqualTo(type);
    }

    private String url() {
        return api.get("/v1/jobs/" + worker.finishedJob(api) + "/images").at("/results/0/url");
    }
}
