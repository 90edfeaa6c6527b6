package dev.likeness.app.web.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What a file that means harm is answered with, sent beside two that do not. */
@ApiTest
@Timeout(30)
class HostilePicturesTests {

    @Autowired
    Api api;

    static Stream<Arguments> refused() throws IOException {
        byte[] png = HostilePictures.sample("rgb.png");
        byte[] jpeg = HostilePictures.sample("rgb.jpg");
        byte[] webp = HostilePictures.sample("lossless.webp");
        return Stream.of(
                refused("SVG", 415, "unsupported_format", ascii("<svg xmlns='http://www.w3.org/2000/svg'/>")),
                refused("GIF", 415, "unsupported_format", HostilePictures.sample("picture.gif")),
                refused("BMP", 415, "unsupported_format", ascii("BM".repeat(100))),
                refused("TIFF", 415, "unsupported_format", ascii("II*\0".repeat(100))),
                refused("ZIP", 415, "unsupported_format", ascii("PK\3\4".repeat(100))),
                refused("HTML", 415, "unsupported_format", ascii("<html><script>alert(1)</script>")),
                refused(
                        "HTML that continues as PNG",
                        415,
                        "unsupported_format",
                        HostilePictures.joined(ascii("<html>"), png)),
                refused(
                        "GIF that continues as JPEG",
                        415,
                        "unsupported_format",
                        HostilePictures.joined(ascii("GIF89a"), jpeg)),
                refused("more bytes than allowed", 413, "too_large", HostilePictures.joined(png, new byte[1 << 20])),
                refused("PNG bomb", 413, "too_large", HostilePictures.png(50_000, 50_000, 64, 64)),
                refused("JPEG bomb", 413, "too_large", HostilePictures.resizedJpeg(jpeg, 50_000, 50_000)),
                refused("WebP bomb", 413, "too_large", HostilePictures.resizedWebp(webp, 16_383, 16_383)),
                refused("no bytes", 422, "truncated", new byte[0]),
                refused("half a PNG", 422, "truncated", HostilePictures.half(png)),
                refused("half a JPEG", 422, "truncated", HostilePictures.half(jpeg)),
                refused("half a WebP", 422, "truncated", HostilePictures.half(webp)),
                refused("APNG", 422, "animated", HostilePictures.sample("animated.png")),
                refused("animated WebP", 422, "animated", HostilePictures.sample("animated.webp")),
                refused("a line", 422, "too_small", HostilePictures.png(3000, 63, 3000, 63)),
                refused("fewer pixels than said", 422, "unreadable", HostilePictures.png(6000, 6000, 64, 64)),
                refused("two profiles", 422, "unreadable", HostilePictures.withChunks("iCCP", "iCCP")),
                refused("lossless JPEG", 422, "unreadable", HostilePictures.withFrame(jpeg, 0xc3)),
                refused("arithmetic-coded JPEG", 422, "unreadable", HostilePictures.withFrame(jpeg, 0xc9)),
                refused("thousands of scans", 422, "unreadable", HostilePictures.withScans(jpeg, 5000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void areRefused(byte[] file, int status, String type) {
        Answer answer = send(file);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.body().get("errors")).hasSize(1);
        assertThat(answer.at("/errors/0/type")).isEqualTo(type);
        assertThat(answer.body().at("/errors/0/loc").toString()).isEqualTo("[\"images\",\"0\"]");
    }

    static Stream<Named<byte[]>> harmless() throws IOException {
        byte[] png = HostilePictures.png(96, 72, 96, 72);
        byte[] jpeg = HostilePictures.sample("rgb.jpg");
        return Stream.of(
                Named.of("PNG that continues as ZIP", HostilePictures.joined(png, ascii("PK\3\4 and so on"))),
                Named.of(
                        "JPEG that continues as HTML",
                        HostilePictures.joined(jpeg, ascii("<script>alert(1)</script>"))),
                Named.of("JPEG with a second picture", HostilePictures.joined(jpeg, jpeg)),
                Named.of("data that inflates to 400 MB", HostilePictures.png(96, 72, 100_000, 1000)),
                Named.of("text that inflates to 400 MB", HostilePictures.withChunks("zTXt")),
                Named.of("profile that inflates to 400 MB", HostilePictures.withChunks("iCCP")),
                Named.of("data in 65,536 chunks", HostilePictures.inPieces(96, 72, 65_536)),
                Named.of("EXIF that leads in circles", HostilePictures.withExif(jpeg, HostilePictures.circles())),
                Named.of("EXIF of 20 GB", HostilePictures.withExifChunk(HostilePictures.exif(40_000, 500_000))),
                Named.of("EXIF in many parts", HostilePictures.withExif(jpeg, new byte[60_000], 15)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void areTakenWithoutWhatIsNoPicture(byte[] file) {
        Answer answer = send(file);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.at("/input_report/pictures/0/width")).isEqualTo("96");
        assertThat(answer.at("/input_report/pictures/0/height")).isEqualTo("72");
    }

    private Answer send(byte[] file) {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("images", new ByteArrayResource(file) {
            @Override
            public String getFilename() {
                return "hostile.png";
            }
        });
        form.add("images", new ClassPathResource("subjects/owl/1.png"));
        form.add("images", new ClassPathResource("subjects/owl/2.png"));
        form.add("class_word", "bird");
        return api.send(HttpMethod.POST, "/v1/subjects", it -> {}, form, MediaType.MULTIPART_FORM_DATA);
    }

    private static Arguments refused(String name, int status, String type, byte[] file) {
        return Arguments.of(Named.of(name, file), status, type);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
