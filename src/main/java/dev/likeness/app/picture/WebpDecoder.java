package dev.likeness.app.picture;

import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixGetData;
import static org.bytedeco.leptonica.global.leptonica.pixReadMemWebP;

import dev.likeness.app.picture.PictureProblem.Kind;
import java.util.Optional;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.leptonica.PIX;
import org.jspecify.annotations.Nullable;

/**
 * Decodes WebP with libwebp, the reference decoder, which is part of Leptonica. Java decoders differ from it: they
 * upsample colour differently, and some lose transparency.
 *
 * <p>libwebp is native code that reads uploaded files. Browsers use the same decoder, and it is fuzzed continuously.
 * The structure of its input was checked before, so sizes and chunks are consistent.
 */
final class WebpDecoder {

    private WebpDecoder() {}

    /**
     * @param file one still picture
     * @throws RefusedPictureException if libwebp does not decode it, or does not run on this platform
     */
    static Samples decode(byte[] file) throws RefusedPictureException {
        return decode(file, Libwebp::load);
    }

    static Samples decode(byte[] file, Runnable library) throws RefusedPictureException {
        Optional<String> missing = Libwebp.missing(library);
        if (missing.isPresent()) {
            throw new RefusedPictureException(
                    Kind.UNSUPPORTED_FORMAT,
                    "is a WebP, which this server cannot decode (%s); send JPEG or PNG".formatted(missing.get()));
        }
        @Nullable PIX pixels = pixReadMemWebP(file, file.length);
        if (pixels == null) {
            throw Bytes.damaged("it cannot be decoded");
        }
        try {
            return samples(pixels);
        } finally {
            pixDestroy(pixels);
        }
    }

    /** From 32-bit words with red in the highest byte and opacity in the lowest one. */
    private static Samples samples(PIX pixels) {
        int width = pixels.w();
        Samples samples = Samples.empty(width, pixels.h(), false, pixels.spp() == Samples.CHANNELS + 1);
        IntPointer words = pixGetData(pixels);
        int[] row = new int[width];
        for (int y = 0; y < pixels.h(); y++) {
            words.position((long) y * pixels.wpl()).get(row, 0, width);
            for (int x = 0; x < width; x++) {
                samples.put(y * width + x, row[x] >> 24, row[x] >> 16, row[x] >> 8, row[x]);
            }
        }
        return samples;
    }
}
