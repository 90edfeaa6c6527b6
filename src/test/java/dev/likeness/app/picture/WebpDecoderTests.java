package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.likeness.app.picture.PictureProblem.Kind;
import dev.likeness.app.picture.Reference.Difference;
import java.io.IOException;
import java.util.List;
import org.bytedeco.leptonica.global.leptonica;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebpDecoderTests {

    @ParameterizedTest
    @MethodSource
    void decodesColoursAndOpacitiesExactly(Reference picture) throws Exception {
        assertThat(picture.difference()).isEqualTo(Difference.NONE);
    }

    static List<Reference> decodesColoursAndOpacitiesExactly() throws IOException {
        List<Reference> pictures = Reference.all().stream()
                .filter(it -> it.name().endsWith(".webp"))
                .toList();
        assertThat(pictures).hasSize(116);
        return pictures;
    }

    /** In earlier versions a picture can take control of the process (CVE-2023-4863, fixed in 1.3.2). */
    @Test
    void bringsTheLibwebpThatItIsTestedWith() {
        assertThat(leptonica.getImagelibVersions().getString()).contains("libwebp 1.6.0");
    }

    @Test
    void saysWhatToSendWhereLibwebpIsMissing() throws Exception {
        byte[] webp = SamplePictures.read("lossy.webp");

        RefusedPictureException refusal = catchThrowableOfType(
                RefusedPictureException.class,
                () -> WebpDecoder.decode(webp, () -> {
                    throw new UnsatisfiedLinkError("no jnileptonica in java.library.path");
                }));

        assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT);
        assertThat(refusal.reason())
                .isEqualTo(
                        "is a WebP, which this server cannot decode (libwebp is missing for %s on %s); send JPEG or PNG"
                                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
}
