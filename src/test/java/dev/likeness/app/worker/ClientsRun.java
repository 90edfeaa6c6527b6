package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * Clients that are generated from the document take a job from its pictures to its images. Needs Python with the packages of a
 * generated client, node, and a registry that npm reaches; what is missing is a failure that says so.
 */
@Tag("clients")
class ClientsRun {

    private static final Path DOCUMENT = Path.of("src/main/openapi/likeness.json");
    private static final Path HOME = Path.of("target/test-home/clients");
    private static final Path TYPESCRIPT = Path.of("target/clients/typescript");
    private static final Path OUTPUT = Path.of("target/clients");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static TestProcess service;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        int port = FreePort.choose();
        url = "http://localhost:" + port;
        service = TestProcess.start(HOME, "all", Map.of("server.port", Integer.toString(port)));
        await().atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(CLIENT.send(
                                        HttpRequest.newBuilder(URI.create(url + "/actuator/health"))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                        .as("%s", service.output())
                        .isEqualTo(200));
        FileSystemUtils.deleteRecursively(TYPESCRIPT);
        FileSystemUtils.copyRecursively(Path.of("src/test/clients/typescript"), TYPESCRIPT);
        Files.copy(DOCUMENT, TYPESCRIPT.resolve("likeness.json"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void inPythonGetsFromPicturesToImages() throws IOException, InterruptedException {
        String python = System.getProperty("clients.python");
        run(Path.of("."), List.of(python, "-c", "import urllib3, pydantic, dateutil"));

        run(Path.of("."), job(python, Path.of("src/test/clients/python/job.py")));

        assertThat(ImageIO.read(OUTPUT.resolve("python.png").toFile())).isNotNull();
    }

    @Test
    void inTypeScriptGetsFromPicturesToImages() throws IOException, InterruptedException {
        run(TYPESCRIPT, List.of("npm", "ci", "--ignore-scripts"));
        run(TYPESCRIPT, List.of("npm", "run", "generate"));
        run(TYPESCRIPT, List.of("npm", "run", "build"));
        run(TYPESCRIPT, job("node", Path.of("out/job.js")));
        String lint = run(TYPESCRIPT, List.of("npm", "run", "lint"));

        assertThat(ImageIO.read(OUTPUT.resolve("typescript.png").toFile())).isNotNull();
        assertThat(lint).contains("Your API description is valid").doesNotContainPattern("You have \\d+ warning");
    }

    private static List<String> job(String program, Path script) {
        List<String> command = new ArrayList<>(List.of(program, script.toString(), url));
        for (int i = 1; i <= 3; i++) {
            command.add(Path.of("src/main/resources/subjects/owl/%d.png".formatted(i))
                    .toAbsolutePath()
                    .toString());
        }
        command.add(OUTPUT.toAbsolutePath().toString());
        return command;
    }

    /** The file with its output. */
    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .put(
                        "PYTHONPATH",
                        Path.of("target/clients/python").toAbsolutePath().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
        return output;
    }
}
