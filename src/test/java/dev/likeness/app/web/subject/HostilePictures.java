package dev.likeness.app.web.subject;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.springframework.core.io.ClassPathResource;

/** Makes picture files that no ordinary program would write. */
final class HostilePictures {

    private static final int BOMB = 400 << 20;

    private HostilePictures() {}

    static byte[] sample(String name) throws IOException {
        return new ClassPathResource("pictures/uploads/" + name).getContentAsByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    /** A gray PNG with a different size than its data. */
    static byte[] png(int width, int height, int dataWidth, int dataHeight) {
        return png(header(width, height), chunk("IDAT", deflated((dataWidth + 1L) * dataHeight)));
    }

    /** A PNG with its data in this many chunks, most of them empty. */
    static byte[] inPieces(int width, int height, int pieces) {
        byte[] data = deflated((width + 1L) * height);
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int i = 0; i < pieces; i++) {
            chunks.writeBytes(
                    chunk("IDAT", Arrays.copyOfRange(data, Math.min(i, data.length), Math.min(i + 1, data.length))));
        }
        return png(header(width, height), chunks.toByteArray());
    }

    /** A PNG with chunks of these types, which each inflate to a large size. */
    static byte[] withChunks(String... types) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (String type : types) {
            chunks.writeBytes(chunk(type, joined(new byte[] {'x', 0, 0}, deflated(BOMB))));
        }
        return png(header(96, 72), chunks.toByteArray(), chunk("IDAT", deflated(97 * 72)));
    }

    static byte[] withExifChunk(byte[] exif) {
        return png(header(96, 72), chunk("eXIf", exif), chunk("IDAT", deflated(97 * 72)));
    }

    /** A JPEG with EXIF data, repeated this many times. */
    static byte[] withExif(byte[] jpeg, byte[] exif, int times) {
        byte[] data = joined("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif);
        ByteBuffer segment = ByteBuffer.allocate(data.length + 4)
                .putShort((short) 0xffe1)
                .putShort((short) (data.length + 2))
                .put(data);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(jpeg, 0, 2);
        for (int i = 0; i < times; i++) {
            all.writeBytes(segment.array());
        }
        all.write(jpeg, 2, jpeg.length - 2);
        return all.toByteArray();
    }

    static byte[] withExif(byte[] jpeg, byte[] exif) {
        return withExif(jpeg, exif, 1);
    }

    /** EXIF data whose first directory has this many tags, which all refer to the same bytes. */
    static byte[] exif(int tags, int bytesEach) {
        ByteBuffer exif = directory(tags, bytesEach);
        for (int i = 0; i < tags; i++) {
            exif.putShort((short) (0x8000 + i))
                    .putShort((short) 7)
                    .putInt(bytesEach)
                    .putInt(8);
        }
        return exif.array();
    }

    /** EXIF data whose first directory is its own sub-directory and its own successor. */
    static byte[] circles() {
        ByteBuffer exif = directory(1, 0);
        exif.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(8).putInt(8);
        return exif.array();
    }

    private static ByteBuffer directory(int tags, int atLeast) {
        return ByteBuffer.allocate(Math.max(14 + 12 * tags, atLeast + 8))
                .put(new byte[] {'M', 'M', 0, 42})
                .putInt(8)
                .putShort((short) tags);
    }

    static byte[] resizedJpeg(byte[] jpeg, int width, int height) {
        byte[] resized = jpeg.clone();
        ByteBuffer.wrap(resized).putShort(frame(jpeg) + 5, (short) height).putShort(frame(jpeg) + 7, (short) width);
        return resized;
    }

    /** The JPEG with another compression method in its header. */
    static byte[] withFrame(byte[] jpeg, int marker) {
        byte[] changed = jpeg.clone();
        changed[frame(jpeg) + 1] = (byte) marker;
        return changed;
    }

    static byte[] withScans(byte[] jpeg, int times) {
        int scan = indexOf(jpeg, 0xda);
        int length = ByteBuffer.wrap(jpeg).getShort(scan + 2) + 2;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(jpeg, 0, scan);
        for (int i = 0; i < times; i++) {
            all.write(jpeg, scan, length);
        }
        all.write(jpeg, scan, jpeg.length - scan);
        return all.toByteArray();
    }

    /** The lossless WebP with another size in its header. */
    static byte[] resizedWebp(byte[] webp, int width, int height) {
        byte[] resized = webp.clone();
        ByteBuffer.wrap(resized).order(ByteOrder.LITTLE_ENDIAN).putInt(21, width - 1 | height - 1 << 14);
        return resized;
    }

    private static int frame(byte[] jpeg) {
        return indexOf(jpeg, 0xc0);
    }

    private static int indexOf(byte[] jpeg, int marker) {
        for (int i = 0; i < jpeg.length - 1; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }

    private static byte[] png(byte[]... chunks) {
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        return joined(signature, joined(chunks), chunk("IEND", new byte[0]));
    }

    private static byte[] header(int width, int height) {
        return chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .array());
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] typed = joined(type.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 sum = new CRC32();
        sum.update(typed);
        return ByteBuffer.allocate(typed.length + 8)
                .putInt(data.length)
                .put(typed)
                .putInt((int) sum.getValue())
                .array();
    }

    /** So many zeros. */
    private static byte[] deflated(long size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] zeros = new byte[1 << 16];
            for (long left = size; left > 0; left -= zeros.length) {
                deflater.write(zeros, 0, (int) Math.min(left, zeros.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
