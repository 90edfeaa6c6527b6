package dev.likeness.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a checkpoint is converted, and what a failure leaves. */
class SingleFileFolderTests extends SingleFileTest {

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        Path file = checkpoint.write(home.resolve("m.safetensors"));
        SingleFile opened = SingleFile.open(file, checkpoint.options(home.resolve("c")));
        Files.write(file, new byte[100]);
        Path target = home.resolve("models/tiny");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> opened.convert(target));

        assertThat(files(home.resolve("models"))).containsExactly(".tiny.lock");
    }

    @Test
    void clearsAwayWhatAKilledProcessLeft() throws IOException {
        Path draft = Files.createDirectories(home.resolve("models/.tiny.part/unet"));
        Files.writeString(draft.resolve("diffusion_pytorch_model.safetensors"), "half");
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();

        open(checkpoint).convert(home.resolve("models/tiny"));

        assertThat(home.resolve("models/.tiny.part")).doesNotExist();
        assertThat(Tensor.read(home.resolve("models/tiny/unet/diffusion_pytorch_model.safetensors")))
                .hasSameSizeAs(checkpoint.weights("unet/diffusion_pytorch_model"));
    }

    @Test
    void convertsOnceForAll() throws IOException {
        SingleFile opened = open(TinyCheckpoint.sd1());
        Path target = home.resolve("models/tiny");
        List<CompletableFuture<Void>> all = Stream.of(1, 2, 3)
                .map(i -> CompletableFuture.runAsync(() -> {
                    try {
                        opened.convert(target);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .toList();

        all.forEach(CompletableFuture::join);

        assertThat(files(target)).hasSize(12);
    }

    @Test
    void tellsPlansApartByTheirFingerprint() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        SingleFile.Options options = checkpoint.options(home.resolve("c"));
        Path file = checkpoint.write(home.resolve("m.safetensors"));
        SingleFile.Options velocity = new SingleFile.Options("v_prediction", options.tokenizer(), options.config());

        String fingerprint = SingleFile.open(file, options).fingerprint();

        assertThat(SingleFile.open(file, options).fingerprint())
                .isEqualTo(fingerprint)
                .hasSize(64);
        assertThat(SingleFile.open(file, velocity).fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void tellsTheShapesWithoutConverting() throws IOException {
        SingleFile opened = open(TinyCheckpoint.sdxl());

        assertThat(opened.shapes("text_encoder_2").get("text_projection.weight"))
                .containsExactly(48, 48);
        assertThat(opened.shapes("safety_checker")).isEmpty();
        assertThat(opened.document("unet/config.json")).isPresent();
    }
}
