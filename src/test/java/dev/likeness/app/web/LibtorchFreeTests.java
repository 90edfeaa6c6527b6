package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.LikenessApplication;
import dev.likeness.app.TestHome;
import dev.likeness.diffusion.adapter.TensorFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** A libtorch crash cannot affect an API process that never loads it. */
@Timeout(180)
class LibtorchFreeTests {

    private static final String IDENTIFIERS = "/v1/models/likeness/tiny-world/identifiers";
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    @Test
    void anApiProcessMapsNoLibtorch() throws IOException, InterruptedException {
        Process api = start();
        try {
            RestClient client = RestClient.create("http://localhost:" + port(api));
            MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
            for (int i = 1; i <= 3; i++) {
                form.add("images", new ClassPathResource("subjects/owl/%d.png".formatted(i)));
            }
            form.add("class_word", "bird");
            for (String path : new String[] {"/v1/jobs", "/v1/subjects"}) {
                ResponseEntity<Void> created = client.post()
                        .uri(path)
                        .contentType(MediaType.MULTIPART_FORM_DATA)
                        .body(form)
                        .retrieve()
                        .toBodilessEntity();
                if (path.equals("/v1/subjects")) {
                    askForCaptions(
                            client, Objects.requireNonNull(created.getHeaders().getLocation()));
                }
            }
            upload(client);
            for (String path : new String[] {"/v1/jobs", "/v1/models", "/v1/presets", IDENTIFIERS, "/v3/api-docs"}) {
                client.get()
                        .uri(path)
                        .header(HttpHeaders.ACCEPT, "*/*")
                        .retrieve()
                        .toBodilessEntity();
            }

            assertThat(libraries(api).lines())
                    .anyMatch(it -> it.contains("libjvm"))
                    .noneMatch(it -> it.contains("torch"))
                    .filteredOn(it -> it.contains("djl"))
                    .isNotEmpty()
                    .allMatch(it -> it.contains("tokenizers"));
        } finally {
            api.destroy();
            api.waitFor();
        }
    }

    /** With a prompt whose tokens must be counted. */
    private static void askForCaptions(RestClient client, URI subject) {
        client.post()
                .uri(subject + "/captions")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"prompt\": \"a picture of\"}")
                .retrieve()
                .toBodilessEntity();
    }

    private static void upload(RestClient client) {
        byte[] lora = new TensorFile()
                .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
                .bytes();
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("file", new ByteArrayResource(lora) {
            @Override
            public String getFilename() {
                return "lora.safetensors";
            }
        });
        client.post()
                .uri("/v1/adapters")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(form)
                .retrieve()
                .toBodilessEntity();
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        tool("java"),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        LikenessApplication.class.getName(),
                        "--likeness.role=api",
                        "--likeness.captions.models[likeness/tiny-world]="
                                + Path.of("src/test/resources/goldens/tiny-blip/model")
                                        .toAbsolutePath(),
                        "--likeness.home=" + TestHome.path(TestHome.API).toAbsolutePath(),
                        "--server.port=0")
                .redirectErrorStream(true)
                .start();
    }

    /** Reads the process's output until it states its port. */
    private static int port(Process api) throws IOException {
        BufferedReader lines = api.inputReader(StandardCharsets.UTF_8);
        StringBuilder printed = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = PORT.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            printed.append(line).append('\n');
        }
        throw new IllegalStateException("the process ended: " + printed);
    }

    private static String libraries(Process api) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(tool("jcmd"), Long.toString(api.pid()), "VM.dynlibs")
                .redirectErrorStream(true)
                .start();
        String libraries = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(libraries).isZero();
        return libraries;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The class path as shipped, without the classes of tests. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(it -> !it.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
