package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestWorker;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

@ApiTest
class SecurityHeadersTests {

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @ParameterizedTest
    @ValueSource(strings = {"/v1/jobs", "/v1/jobs/no-id-at-all", "/v1/nothing", "/swagger-ui/index.html"})
    void areOnEveryAnswer(String path) {
        HttpHeaders headers = api.get(path).headers();

        assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.get("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(headers.get("X-Frame-Options")).containsExactly("DENY");
        assertThat(headers.get(SecurityHeaders.POLICY))
                .singleElement()
                .asString()
                .contains("frame-ancestors 'none'");
    }

    @Test
    void areOnWhatNoControllerSees() throws IOException {
        URI root = URI.create(api.root());
        try (Socket socket = new Socket(root.getHost(), root.getPort());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write("GET /v1/jobs/a|b HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("X-Content-Type-Options: nosniff", "frame-ancestors 'none'");
        }
    }

    @Test
    void keepJsonOutOfCaches() {
        assertThat(api.get("/v1/jobs").headers().getCacheControl()).isEqualTo("no-store");
        assertThat(api.get("/v1/jobs/no-id-at-all").headers().getCacheControl()).isEqualTo("no-store");
    }

    @Test
    void leaveToOthersWhatTheySay() {
        UUID job = worker.submit();
        worker.work(job);

        HttpHeaders image = api.get(api.get("/v1/jobs/%s/images".formatted(job)).at("/results/0/url"))
                .headers();

        assertThat(image.get(HttpHeaders.CACHE_CONTROL))
                .singleElement()
                .asString()
                .contains("immutable");
        assertThat(image.get("X-Content-Type-Options")).containsExactly("nosniff");
    }

    /** The page runs only scripts of its own server, without inline scripts, and loads the document from it. */
    @Test
    void letSwaggerUiWork() {
        Answer page = api.get("/swagger-ui/index.html");

        assertThat(page.headers().getFirst(SecurityHeaders.POLICY))
                .contains(
                        "script-src 'self';",
                        "connect-src 'self'",
                        "style-src 'self' 'unsafe-inline'",
                        "img-src 'self' data:");
        assertThat(page.text()).doesNotContainPattern("<script(?![^>]*src=)[^>]*>");
        assertThat(page.text()).doesNotContain("src=\"http").doesNotContain("href=\"http");
    }

    @Test
    void sayNothingOfOtherOriginsByDefault() {
        Answer answer = api.get("/v1/jobs", it -> it.setOrigin("https://studio.example.com"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers().getAccessControlAllowOrigin()).isNull();
    }

    @Test
    void tagsWhatClientsAskForAgainAndAgain() {
        UUID job = worker.submit();
        String path = "/v1/jobs/" + job;
        Answer first = api.get(path);
        String tag = Objects.requireNonNull(first.headers().getETag());

        Answer same = api.get(path, it -> it.setIfNoneMatch(tag));
        Answer head = api.send(HttpMethod.HEAD, path, it -> {}, null, null);
        worker.work(job);
        Answer changed = api.get(path, it -> it.setIfNoneMatch(tag));

        assertThat(tag).startsWith("W/\"");
        assertThat(first.headers().get(HttpHeaders.CACHE_CONTROL)).containsExactly("private, no-cache");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.bytes()).isEmpty();
        assertThat(same.headers().getETag()).isEqualTo(tag);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().getETag()).isEqualTo(tag);
        assertThat(head.bytes()).isEmpty();
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.headers().getETag()).isNotEqualTo(tag);
    }

    @Test
    void tagsNeitherListsNorImages() {
        UUID job = worker.submit();
        worker.work(job);

        assertThat(api.get("/v1/jobs").headers().getETag()).isNull();
        assertThat(api.get(api.get("/v1/jobs/%s/images".formatted(job)).at("/results/0/url"))
                        .headers()
                        .getETag())
                .doesNotStartWith("W/");
        assertThat(List.of("304", "200"))
                .allSatisfy(it -> assertThat(api.document()
                                .at("/paths/~1v1~1jobs~1{id}/get/responses/" + it)
                                .isObject())
                        .isTrue());
    }
}
