package dev.likeness.app.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The chunks of a WebP file (RFC 9649). Data after the RIFF container is dropped. */
final class WebpFile {

    private static final int HEADER = 12;
    /** Flags and the canvas: the least length of the chunk VP8X. */
    private static final int EXTENDED = 10;

    private static final int ANIMATION = 0x02;
    private static final int ALPHA = 0x10;

    private final Bytes bytes;
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    private byte @Nullable [] profile;
    private byte @Nullable [] exif;
    private int canvasWidth;
    private int canvasHeight;
    private int width;
    private int height;

    WebpFile(byte[] file) {
        this.bytes = new Bytes(file);
    }

    PictureFile open() throws RefusedPictureException {
        long end = 8 + bytes.littleEndian32(4);
        bytes.need(0, end);
        int at = HEADER;
        while (at + 8 <= end) {
            long length = bytes.littleEndian32(at + 4);
            long padded = length + (length & 1);
            if (at + 8 + length > end) {
                throw Bytes.truncated();
            }
            chunk(bytes.latin1(at, 4), at, (int) length);
            at += (int) Math.min(8 + padded, end - at);
        }
        if (width == 0 || height == 0) {
            throw Bytes.damaged("it has no image");
        }
        if (canvasWidth != 0 && (canvasWidth != width || canvasHeight != height)) {
            throw Bytes.damaged("its image does not have the size in its header");
        }
        return new PictureFile(PictureFormat.WEBP, width, height, false, essence(), profile, exif);
    }

    private void chunk(String type, int at, int length) throws RefusedPictureException {
        int data = at + 8;
        switch (type) {
            case "ANIM", "ANMF" -> throw Bytes.animated();
            case "VP8X" -> {
                if (length < EXTENDED) {
                    throw Bytes.damaged("its header is too short");
                }
                if ((bytes.at(data) & ANIMATION) != 0) {
                    throw Bytes.animated();
                }
                canvasWidth = bytes.littleEndian24(data + 4) + 1;
                canvasHeight = bytes.littleEndian24(data + 7) + 1;
                byte[] extended = bytes.copy(at, 8 + length);
                extended[8] &= ALPHA;
                chunks.writeBytes(extended);
            }
            case "VP8 " -> {
                lossy(data);
                keep(at, length);
            }
            case "VP8L" -> {
                lossless(data);
                keep(at, length);
            }
            case "ALPH" -> keep(at, length);
            case "ICCP" -> profile = bytes.copy(data, length);
            case "EXIF" -> exif = withoutPrefix(bytes.copy(data, length));
            default -> {}
        }
    }

    private void lossy(int data) throws RefusedPictureException {
        once();
        if ((bytes.at(data) & 1) != 0 || bytes.littleEndian24(data + 3) != 0x2a019d) {
            throw Bytes.damaged("its image data has an invalid beginning");
        }
        width = bytes.littleEndian16(data + 6) & 0x3fff;
        height = bytes.littleEndian16(data + 8) & 0x3fff;
    }

    private void lossless(int data) throws RefusedPictureException {
        once();
        if (bytes.at(data) != 0x2f) {
            throw Bytes.damaged("its image data has an invalid beginning");
        }
        long sizes = bytes.littleEndian32(data + 1);
        width = (int) (sizes & 0x3fff) + 1;
        height = (int) (sizes >> 14 & 0x3fff) + 1;
    }

    private void once() throws RefusedPictureException {
        if (width != 0) {
            throw Bytes.damaged("it has two images");
        }
    }

    private void keep(int at, int length) throws RefusedPictureException {
        chunks.writeBytes(bytes.copy(at, 8 + length));
        if ((length & 1) != 0) {
            chunks.write(0);
        }
    }

    /** Some programs write JPEG's prefix before the TIFF header. */
    private static byte[] withoutPrefix(byte[] exif) {
        String prefix = "Exif\0\0";
        String start = new String(exif, 0, Math.min(prefix.length(), exif.length), StandardCharsets.ISO_8859_1);
        return start.equals(prefix) ? Arrays.copyOfRange(exif, prefix.length(), exif.length) : exif;
    }

    private byte[] essence() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
        int size = chunks.size() + 4;
        for (int shift = 0; shift < 32; shift += 8) {
            file.write(size >> shift);
        }
        file.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(chunks.toByteArray());
        return file.toByteArray();
    }
}
