package dev.likeness.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.web.AuthenticatedApiTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A server with far fewer threads than callers that hold them. */
class SlowCallerTests extends AuthenticatedApiTest {

    private static final int CALLERS = 300;
    private static final int BODY = 10 << 20;
    private static final int UNKNOWN = -1;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String KEY = "X-API-Key: " + ADMIN + "\r\n";

    @Autowired
    TestDatabase database;

    @Autowired
    ServletWebServerApplicationContext server;

    @LocalManagementPort
    int managementPort;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/jobs",
                "POST /v1/nothing",
                "POST /actuator/health/liveness",
                "POST //",
                "GET /v1/images/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60"
            })
    void answersWhileCallersWithoutAKeyAnnounceBodiesThatNeverCome(String call) throws Exception {
        for (int i = 0; i < CALLERS; i++) {
            String key = i % 2 == 0 ? "" : "X-API-Key: lk_wrong\r\n";
            open(call, key, "multipart/form-data; boundary=b", i % 3 == 0 ? UNKNOWN : BODY);
        }

        answersSoon();

        for (Socket socket : sockets) {
            assertThat(status(socket)).isBetween(400, 499);
            assertThat(rest(socket)).contains("Connection: close", "\"code\":");
        }
        allCallsEnd();
    }

    /** Unfinished requests would delay the server's end. */
    private void allCallsEnd() {
        await().untilAsserted(() -> assertThat(callsInProgress()).isZero());
    }

    private long callsInProgress() {
        return Stream.of(((TomcatWebServer) Objects.requireNonNull(server.getWebServer()))
                        .getTomcat()
                        .getHost()
                        .findChildren())
                .mapToLong(context -> ((StandardContext) context).getInProgressAsyncCount())
                .sum();
    }

    @Test
    void answersWhileItTellsThoseWhoNeverListen() throws Exception {
        UUID job = worker.submit();
        database.jobs().giveAllToOwnerOf("testsadmin01");
        database.jobs().addLongEvents(job, 1000);
        for (int i = 0; i < CALLERS; i++) {
            open("GET /v1/jobs/%s/events".formatted(job), KEY, "", 0);
        }

        for (Socket socket : sockets) {
            assertThat(status(socket)).isEqualTo(200);
        }

        // These clients do not read what follows.
        answersSoon();

        hangUp();
        // The server notices a closed connection with its next message.
        anonymous.as(ADMIN).post("/v1/jobs/%s/cancel".formatted(job));
        allCallsEnd();
    }

    @Test
    void refusesABodyOfAKnownCallerThatComesTooSlowly() throws Exception {
        Socket socket = open("POST /v1/jobs", KEY, "application/json", 1000);
        socket.setSoTimeout(100);
        int first = -1;
        for (int i = 0; i < 100 && first < 0; i++) {
            socket.getOutputStream().write(' ');
            first = readOrTimeOut(socket);
        }

        assertThat(first).isEqualTo('H');
        socket.setSoTimeout((int) SOON.toMillis());
        assertThat(rest(socket)).startsWith("TTP/1.1 408").contains("slow_request");
    }

    /** Writes each byte after a period without received data. */
    private static int readOrTimeOut(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return -1;
        }
    }

    @Test
    void readsARefusedBodyOfAKnownCallerSoThatTheyGetTheAnswer() throws Exception {
        Socket socket = open("POST /v1/jobs", KEY, "application/json", BODY);
        socket.getOutputStream().write(new byte[BODY]);

        assertThat(status(socket)).isEqualTo(413);
        assertThat(rest(socket)).contains("Connection: close", "\"code\":\"too_large\"");
    }

    /** Extensions of a chunk do not belong to a body, so they have no minimum rate. */
    @Test
    void refusesAKnownCallersChunkThatSaysMoreThanItsLength() throws Exception {
        Socket socket = open("POST /v1/jobs", KEY, "application/json", UNKNOWN);
        socket.getOutputStream().write((";" + "a".repeat(100)).getBytes(StandardCharsets.US_ASCII));

        assertThat(status(socket)).isEqualTo(400);
        assertThat(rest(socket)).contains("Connection: close");
    }

    /** The body arrives after the answer, and the next request directly after it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 60_000, 100_000, 1_000_000})
    void keepsTheConnectionOfAKnownCallerWithAnUnreadBody(int length) throws Exception {
        Socket socket =
                open("POST /v1/jobs/nothing/generations", KEY + "Accept: nonsense\r\n", "application/json", length);
        assertThat(status(socket)).isEqualTo(406);
        String head = head(socket);

        socket.getOutputStream().write(new byte[length]);

        if (head.contains("Connection: close")) {
            assertThat(length).isGreaterThan(1 << 16);
            assertThat(rest(socket)).isEmpty();
        } else {
            socket.getOutputStream()
                    .write(("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + KEY + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(status(socket)).isEqualTo(200);
        }
    }

    /** Reads to the empty line after the headers of an answer without a body. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        return head.toString();
    }

    private Socket open(String call, String headers, String type, int length) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) SOON.toMillis());
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(anonymous.root()).getPort()));
        String size = length == UNKNOWN ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
        String body = type.isEmpty() ? "" : "Content-Type: %s\r\n%s\r\n".formatted(type, size);
        socket.getOutputStream()
                .write("%s HTTP/1.1\r\nHost: localhost\r\n%s%s\r\n"
                        .formatted(call, headers, body)
                        .getBytes(StandardCharsets.US_ASCII));
        if (length == UNKNOWN) {
            // The first digit of the first chunk's length.
            socket.getOutputStream().write('1');
        }
        return socket;
    }

    private void answersSoon() throws IOException, InterruptedException {
        assertThat(get(anonymous.root() + "/v1/jobs?limit=1")).isEqualTo(200);
        assertThat(get(anonymous.root() + "/v1/models")).isEqualTo(200);
        assertThat(get("http://127.0.0.1:%d/actuator/health/liveness".formatted(managementPort)))
                .isEqualTo(200);
    }

    private int get(String url) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("X-API-Key", ADMIN)
                                .timeout(SOON)
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static int status(Socket socket) throws IOException {
        String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(line).startsWith("HTTP/1.1 ");
        return Integer.parseInt(line.substring(9));
    }

    /** Reads to the end of the connection, with a timeout. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
