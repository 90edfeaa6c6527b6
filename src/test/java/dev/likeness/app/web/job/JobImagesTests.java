package dev.likeness.app.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import org.junit.jupiter.api.Test;
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

    private String url() {
        return api.get("/v1/jobs/" + worker.finishedJob(api) + "/images").at("/results/0/url");
    }
}
