package dev.likeness.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when a download breaks off or has wrong bytes. */
class HubTroubleTests extends HubTest {

    @Test
    void isFollowedByContinuingWhereItBrokeOff() {
        hub().outline(MODEL, DownloadWatch.NONE);
        server.trouble("cdn", UNET, TestHub.truncation(100_000));

        assertSame(whole().folder(), FOLDER);

        List<TestHub.Asked> asked = unetFromCdn();
        assertThat(asked.get(asked.size() - 1).headers())
                .containsEntry("Range", "bytes=100000-")
                .containsEntry("If-Range", "\"" + TestHub.sha256(read(FOLDER.resolve(UNET))) + "\"");
        assertThat(waits.total).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void isFollowedByANewStartWhereTheFileIsAnother() throws IOException {
        hub().outline(MODEL, DownloadWatch.NONE);
        Path draft = cache.resolve(ID).resolve(".%s.part".formatted(COMMIT)).resolve(UNET + ".incomplete");
        Files.createDirectories(draft.getParent());
        byte[] bytes = read(FOLDER.resolve(UNET));
        Files.write(draft, Arrays.copyOf(bytes, 50_000));
        Files.writeString(draft.resolveSibling("diffusion_pytorch_model.safetensors.etag"), "\"another\"");

        assertSame(whole().folder(), FOLDER);

        // The tag is of another file, so all of it came.
        assertThat(unetFromCdn().get(unetFromCdn().size() - 1).headers())
                .containsEntry("Range", "bytes=50000-")
                .containsEntry("If-Range", "\"another\"");
    }

    @Test
    void waitsAsLongAsTheHubAsks() {
        server.trouble("hub", "model_index.json", TestHub.status(429, "Retry-After", "17"));

        whole();

        assertThat(waits.total).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void waitsLongerEachTime() {
        hub().outline(MODEL, DownloadWatch.NONE);
        server.trouble("cdn", UNET, TestHub.status(503));
        server.trouble("cdn", UNET, TestHub.status(500));
        server.trouble("cdn", UNET, TestHub.status(403));

        whole();

        assertThat(waits.total).isEqualTo(Duration.ofSeconds(1 + 2 + 4));
    }

    @Test
    void waitsLittleAgainOnceAnAttemptGotFurther() {
        hub().outline(MODEL, DownloadWatch.NONE);
        server.trouble("cdn", UNET, TestHub.status(503));
        server.trouble("cdn", UNET, TestHub.status(503));
        server.trouble("cdn", UNET, TestHub.truncation(100_000));
        server.trouble("cdn", UNET, TestHub.status(503));

        whole();

        assertThat(waits.total).isEqualTo(Duration.ofSeconds(1 + 2 + 1 + 2));
    }

    @Test
    void isNoLongerWaitedForOnceTheDownloadIsStopped() {
        server.trouble("hub", "model_index.json", TestHub.status(429, "Retry-After", "17"));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> hub().whole(MODEL, new DownloadWatch() {
                    @Override
                    public void check() {
                        if (waits.total.toSeconds() >= 3) {
                            throw new IllegalStateException("enough");
                        }
                    }
                }));

        assertThat(waits.total).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void isNotWaitedForLongerThanTenMinutes() {
        server.trouble("hub", "model_index.json", TestHub.status(429, "Retry-After", "601"));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::whole)
                .withMessage("the model hub answered with status 429 for acme/tiny; try again later");
        assertThat(waits.total).isZero();
    }

    @Test
    void endsAfterSixAttempts() {
        hub().outline(MODEL, DownloadWatch.NONE);
        for (int i = 0; i < 6; i++) {
            server.trouble("cdn", UNET, TestHub.status(503));
        }

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::whole)
                .withMessage("the model hub answered with status 503 for acme/tiny; try again later");
        assertThat(cache.resolve(ID).resolve(COMMIT)).doesNotExist();
    }

    @Test
    void ofOneWrongByteIsMadeUpFor() {
        hub().outline(MODEL, DownloadWatch.NONE);
        server.trouble("cdn", UNET, TestHub.corruption());

        assertSame(whole().folder(), FOLDER);
    }

    @Test
    void ofWrongBytesAgainIsAnError() {
        hub().outline(MODEL, DownloadWatch.NONE);
        server.trouble("cdn", UNET, TestHub.corruption());
        server.trouble("cdn", UNET, TestHub.corruption());

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::whole)
                .withMessage(UNET + " of acme/tiny does not match the checksum of the model hub");
        assertThat(cache.resolve(ID).resolve(COMMIT)).doesNotExist();
    }

    @Test
    void ofASmallFileIsNoticedToo() {
        server.trouble("hub", "unet/config.json", TestHub.corruption());
        server.trouble("hub", "unet/config.json", TestHub.corruption());

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::whole)
                .withMessageContaining("does not match the checksum");
        assertThat(hub().present(MODEL)).isEmpty();
    }

    @Test
    void withoutAHubIsSaid() {
        server.close();

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::whole)
                .withMessage("the download of acme/tiny failed, because the model hub cannot be reached or its"
                        + " connections break; try again later");
    }

    private List<TestHub.Asked> unetFromCdn() {
        return server.requests().stream()
                .filter(it -> it.host().equals("cdn") && it.gets(UNET))
                .toList();
    }
}
