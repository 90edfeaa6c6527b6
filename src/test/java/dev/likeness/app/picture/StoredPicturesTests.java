package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.ApiTest;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.diffusion.data.Png;
import dev.likeness.diffusion.data.PngTexts;
import dev.likeness.diffusion.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApiTest
class StoredPicturesTests {

    private static final RgbImage PICTURE = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});

    @Autowired
    StoredPictures pictures;

    @Autowired
    ArtifactStore artifacts;

    @Test
    void readsThePixelsItKeeps() throws IOException {
        StoredFile file = pictures.keep(PICTURE, Map.of("prompt", "a photo"));

        RgbImage read = pictures.read(file.sha256());

        assertThat(file.mediaType()).isEqualTo("image/png");
        assertThat(read.width()).isEqualTo(2);
        assertThat(read.height()).isEqualTo(1);
        assertThat(read.rgb()).containsExactly(PICTURE.rgb());
        assertThat(PngTexts.read(new ByteArrayInputStream(artifacts.bytes(file.sha256()))))
                .containsExactly(Map.entry("prompt", "a photo"));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void namesAFileThatIsNoPicture(byte[] content) {
        StoredFile file = artifacts.put("image/png", out -> out.write(content));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> pictures.read(file.sha256()))
                .withMessage("file %s is not a picture", file.sha256())
                .satisfies(it -> {
                    assertThat(it.reason()).isEqualTo(Reason.CORRUPT);
                    assertThat(it.kind()).isEqualTo(RefusalKind.STORAGE);
                });
    }

    static Stream<Named<byte[]>> damaged() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Png.write(PICTURE, Map.of(), whole);
        byte[] png = whole.toByteArray();
        byte[] noWidth = png.clone();
        Arrays.fill(noWidth, 16, 20, (byte) 0);
        ByteArrayOutputStream grey = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY), "png", grey);
        return Stream.of(
                Named.of("empty", new byte[0]),
                Named.of("text", "no picture".getBytes(StandardCharsets.US_ASCII)),
                Named.of("cut off in the header", Arrays.copyOf(png, 20)),
                Named.of("cut off in the pixels", Arrays.copyOf(png, 45)),
                Named.of("without a width", noWidth),
                Named.of("grey", grey.toByteArray()));
    }
}
