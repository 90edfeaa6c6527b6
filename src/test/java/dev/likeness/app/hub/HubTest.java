package dev.likeness.app.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub with one small model, as a server in this process. */
abstract class HubTest {

    static final String ID = "acme/tiny";

    static final Repository MODEL = Repository.model(ID, null, null);

    static final Path FOLDER = Path.of("src/test/resources/goldens/tiny-sd1/model");

    static final String UNET = "unet/diffusion_pytorch_model.safetensors";

    static final String COMMIT = TestHub.commit(1);

    @TempDir
    Path cache;

    final TestHub server = new TestHub();

    final Waits waits = new Waits();

    /** Records the waiting times. */
    static final class Waits implements Pause {

        Duration total = Duration.ZERO;

        @Override
        public void sleep(Duration duration) {
            total = total.plus(duration);
        }
    }

    @BeforeEach
    void publish() {
        server.publish(ID, "main", COMMIT, files());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = TestHub.filesOf(FOLDER, "");
        files.put("README.md", new byte[] {'#'});
        files.put("unet/diffusion_pytorch_model.bin", new byte[100]);
        files.put("safety_checker/model.safetensors", new byte[100]);
        return files;
    }

    Hub hub() {
        return hub(null);
    }

    Hub hub(@Nullable String token) {
        return new Hub(server.settings(cache, token), waits, folder -> Long.MAX_VALUE);
    }

    Snapshot whole() {
        return hub().whole(MODEL, DownloadWatch.NONE);
    }

    long requests(String file) {
        return server.requests().stream()
                .filter(it -> it.host().equals("cdn") && it.gets(file) && !it.isOfHeader())
                .count();
    }

    static long weights() {
        return Stream.of("text_encoder/model.safetensors", UNET, "vae/diffusion_pytorch_model.safetensors")
                .mapToLong(it -> read(FOLDER.resolve(it)).length)
                .sum();
    }

    static void assertSame(Path folder, Path expected) {
        assertThat(names(folder)).isEqualTo(names(expected));
        names(expected).forEach(it -> assertThat(folder.resolve(it)).hasSameBinaryContentAs(expected.resolve(it)));
    }

    static List<String> names(Path folder) {
        return List.copyOf(TestHub.filesOf(folder, "").keySet());
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
