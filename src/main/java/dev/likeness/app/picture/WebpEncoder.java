package dev.likeness.app.picture;

import static org.bytedeco.leptonica.global.leptonica.lept_free;
import static org.bytedeco.leptonica.global.leptonica.pixCreate;
import static org.bytedeco.leptonica.global.leptonica.pixDestroy;
import static org.bytedeco.leptonica.global.leptonica.pixGetData;
import static org.bytedeco.leptonica.global.leptonica.pixWriteMemWebP;

import dev.likeness.diffusion.data.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.leptonica.PIX;

/** Encodes images as lossy WebP (RFC 9649) with libwebp, which is part of Leptonica. */
final class WebpEncoder {

    private static final int DEPTH = 32;
    private static final int CHANNELS = 3;

    /** Length of {@code RIFF}, the file's size and {@code WEBP}. */
    private static final int HEADER = 12;

    /** Length of the content of the chunk VP8X. */
    private static final int EXTENDED = 10;

    private static final int WITH_EXIF_AND_XMP = 0x08 | 0x04;

    private WebpEncoder() {}

    /** @param quality 1 to 100 */
    static byte[] encode(RgbImage image, int quality, ImageTexts texts) {
        byte[] simple = encode(image, quality);
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunk(chunks, "VP8X", extended(image));
        chunks.write(simple, HEADER, simple.length - HEADER);
        chunk(chunks, "EXIF", Exif.withComment(texts.parameters()));
        chunk(chunks, "XMP ", Xmp.withRecipe(texts.recipe()));
        return ByteBuffer.allocate(HEADER + chunks.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(latin1("RIFF"))
                .putInt(HEADER - 8 + chunks.size())
                .put(latin1("WEBP"))
                .put(chunks.toByteArray())
                .array();
    }

    private static byte[] extended(RgbImage image) {
        byte[] header = new byte[EXTENDED];
        header[0] = WITH_EXIF_AND_XMP;
        put24(header, 4, image.width() - 1);
        put24(header, 7, image.height() - 1);
        return header;
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(latin1(type))
                .putInt(content.length)
                .array());
        out.writeBytes(content);
        if (content.length % 2 == 1) {
            out.write(0);
        }
    }

    private static void put24(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) (value >> 16);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encode(RgbImage image, int quality) {
        Libwebp.load();
        PIX pixels = pixCreate(image.width(), image.height(), DEPTH);
        try (PointerPointer<BytePointer> data = new PointerPointer<>(1);
                SizeTPointer size = new SizeTPointer(1)) {
            fill(pixels, image);
            if (pixWriteMemWebP(data, size, pixels, quality, 0) != 0) {
                throw new IllegalStateException(
                        "libwebp did not encode an image of %dx%d pixels".formatted(image.width(), image.height()));
            }
            BytePointer written = data.get(BytePointer.class, 0);
            byte[] file = new byte[Math.toIntExact(size.get())];
            written.get(file);
            lept_free(written);
            return file;
        } finally {
            pixDestroy(pixels);
        }
    }

    /** 32-bit words with red in the highest byte. */
    private static void fill(PIX pixels, RgbImage image) {
        IntPointer words = pixGetData(pixels);
        byte[] rgb = image.rgb();
        int[] row = new int[image.width()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int at = (y * row.length + x) * CHANNELS;
                row[x] = (rgb[at] & 0xff) << 24 | (rgb[at + 1] & 0xff) << 16 | (rgb[at + 2] & 0xff) << 8;
            }
            words.position((long) y * pixels.wpl()).put(row, 0, row.length);
        }
    }
}
