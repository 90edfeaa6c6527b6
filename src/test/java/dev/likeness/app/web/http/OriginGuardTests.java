package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

@ApiTest
class OriginGuardTests {

    @Autowired
    Api api;

    @Test
    void keepsFormsOfOtherPagesOut() {
        Answer answer = submit("https://evil.example.com");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.at("/code")).isEqualTo("foreign_page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "http://[", "nonsense"})
    void keepsPagesWithoutAProperOriginOut(String origin) {
        assertThat(submit(origin).status()).isEqualTo(403);
    }

    @Test
    void letsItsOwnPageIn() {
        assertThat(submit(api.root()).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example.com, 403",
        "evil.example.com:PORT, 403",
        "localhost.evil.example.com, 403",
        "localhost:PORT, 200",
        "127.0.0.1:PORT, 200",
        "[::1]:PORT, 200"
    })
    void answersUnderItsOwnNamesOnly(String host, int status) throws IOException {
        int port = URI.create(api.root()).getPort();

        assertThat(statusLine(port, host.replace("PORT", Integer.toString(port))))
                .contains(" " + status + " ");
    }

    private Answer submit(String origin) {
        return api.send(
                HttpMethod.POST,
                "/v1/jobs",
                it -> it.set(HttpHeaders.ORIGIN, origin),
                Api.owl(),
                MediaType.MULTIPART_FORM_DATA);
    }

    /** Clients of the JDK send only the host that they connect to. */
    private static String statusLine(int port, String host) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /v1/jobs HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                    .formatted(host)
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
