package dev.likeness.app.web.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.PlainCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** The studio's files: how they are served. */
@ApiTest
class StudioTests {

    private static final Pattern ASSET = Pattern.compile("\"\\./(assets/[^\"]+)\"");

    @Autowired
    Api api;

    @Test
    void servesAPageWhoseFilesAllExist() {
        Answer page = api.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().getContentType()).isEqualTo(MediaType.parseMediaType("text/html;charset=UTF-8"));
        assertThat(assets(page))
                .hasSizeGreaterThan(2)
                .allSatisfy(it -> assertThat(api.get("/" + it).status()).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({"js,text/javascript;charset=UTF-8", "css,text/css;charset=UTF-8", "svg,image/svg+xml"})
    void namesTheTypeOfAFile(String ending, String type) {
        assertThat(asset(ending).headers().getContentType()).isEqualTo(MediaType.parseMediaType(type));
    }

    @Test
    void saysThatCallersMayDoEverything() {
        assertThat(PlainCall.get(api.root() + "/studio/caller.json").text())
                .isEqualTo("{\"scopes\":[\"read\",\"write\",\"admin\"]}");
    }

    @Test
    void allowsThePageNothingButItsOwnFiles() {
        HttpHeaders headers = api.get("/").headers();

        assertThat(headers.get("Content-Security-Policy"))
                .singleElement()
                .asString()
                .satisfies(it -> assertThat(it.split("; "))
                        .containsExactlyInAnyOrder(
                                "default-src 'none'",
                                "script-src 'self'",
                                "style-src 'self'",
                                "img-src 'self' blob: data:",
                                "connect-src 'self'",
                                "font-src 'self'",
                                "form-action 'none'",
                                "base-uri 'none'",
                                "frame-ancestors 'none'",
                                "require-trusted-types-for 'script'",
                                "trusted-types svelte-trusted-html"));
        assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.get("Referrer-Policy")).containsExactly("no-referrer");
    }

    @Test
    void hasNoScriptAndNoStyleInThePage() {
        assertThat(api.get("/").text())
                .doesNotContainPattern("<script(?![^>]*src=)[^>]*>")
                .doesNotContain("<style", "style=", " on", "http://", "https://");
    }

    @Test
    void letsBrowsersKeepFilesAndAskForThePage() {
        assertThat(api.get("/").headers().getCacheControl()).isEqualTo("no-cache");
        assertThat(asset("js").headers().getCacheControl()).isEqualTo("max-age=31536000, public, immutable");
    }

    @Test
    void sendsAPageOnceAsLongAsItIsTheSame() {
        String tag = Optional.ofNullable(api.get("/").headers().getETag()).orElseThrow();

        Answer again = api.get("/", it -> it.setIfNoneMatch(tag));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(api.get("/", it -> it.setIfNoneMatch("\"another\"")).status())
                .isEqualTo(200);
    }

    @Test
    void tagsFilesByTheirContent() {
        List<String> files = assets(api.get("/"));

        assertThat(files.stream()
                        .map(it -> api.get("/" + it).headers().getETag())
                        .distinct())
                .hasSameSizeAs(files)
                .doesNotContainNull();
        files.forEach(it -> {
            Answer file = api.get("/" + it);
            assertThat(api.get(
                                    "/" + it,
                                    same -> same.setIfNoneMatch(
                                            String.valueOf(file.headers().getETag())))
                            .status())
                    .as(it)
                    .isEqualTo(304);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    text/html                          | 200
                    */*                                | 200
                    text/html;q=0.1, application/json  | 200
                    application/json                   | 406
                    image/*                            | 406
                    """)
    void isAPageAndNothingElse(String accepted, int status) {
        PlainCall answer = call("/", HttpHeaders.ACCEPT, accepted);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 406) {
            assertThat(answer.header(HttpHeaders.CONTENT_TYPE)).startsWith("application/problem+json");
            assertThat(answer.text()).contains("text/html");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip                | true
                    br, gzip, zstd      | true
                    gzip;q=0.5, br      | true
                    deflate;q=0.1, GZIP | true
                    gzip;q=0            | false
                    gzip;q=0.0, br      | false
                    br                  | false
                    xgzip               | false
                    """)
    void compressesForThoseWhoAcceptIt(String encodings, boolean compressed) throws IOException {
        PlainCall plain = call("/");

        PlainCall page = call("/", HttpHeaders.ACCEPT_ENCODING, encodings);

        assertThat(page.header(HttpHeaders.VARY)).isEqualTo(HttpHeaders.ACCEPT_ENCODING);
        assertThat(page.header(HttpHeaders.CONTENT_ENCODING)).isEqualTo(compressed ? "gzip" : "");
        assertThat(page.header(HttpHeaders.ETAG).equals(plain.header(HttpHeaders.ETAG)))
                .as("one tag for each form of the content")
                .isNotEqualTo(compressed);
        byte[] body = page.answer().body();
        assertThat(compressed ? gunzip(body) : body).isEqualTo(plain.answer().body());
    }

    @Test
    void answersHead() {
        Answer head = api.send(HttpMethod.HEAD, "/", it -> {}, null, null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/nothing.js",
                "/assets/index.html",
                "/assets/..%2fsources.sha256",
                "/assets/%2e%2e%2fsources.sha256",
                "/assets/..%5c..%5capplication.yml",
                "/assets/../sources.sha256",
                "/assets/..;/sources.sha256",
                "/assets/%252e%252e%252fapplication.yml",
                "/sources.sha256",
                "/licenses.md",
                "/index.html",
                "/studio/",
                "/studio/index.html",
                "/studio/sources.sha256"
            })
    void servesNothingElse(String path) {
        PlainCall answer = call(path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.header(HttpHeaders.CONTENT_TYPE)).startsWith("application/problem+json");
    }

    @Test
    void tellsThePageThatCallersNeedNoKey() {
        PlainCall settings = call("/studio/settings.json");

        assertThat(settings.text())
                .isEqualTo("{\"authentication\":\"none\",\"openid\":null,\"version\":\"development\"}");
        assertThat(settings.header(HttpHeaders.CACHE_CONTROL)).isEqualTo("no-store");
    }

    private PlainCall call(String path, String... headers) {
        return PlainCall.get(api.root() + path, headers);
    }

    private Answer asset(String ending) {
        return api.get("/"
                + assets(api.get("/")).stream()
                        .filter(it -> it.endsWith("." + ending))
                        .findFirst()
                        .orElseThrow());
    }

    private static List<String> assets(Answer page) {
        return ASSET.matcher(page.text()).results().map(it -> it.group(1)).toList();
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
