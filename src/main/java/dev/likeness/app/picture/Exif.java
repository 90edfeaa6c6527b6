package dev.likeness.app.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * EXIF data with a comment (CIPA DC-008, 4.6.5): a TIFF header, a directory that refers to the EXIF directory, and in that
 * UserComment in UTF-16, as AUTOMATIC1111's web UI writes and reads it.
 */
final class Exif {

    private static final short EXIF_DIRECTORY = (short) 0x8769;
    private static final short USER_COMMENT = (short) 0x9286;
    private static final short LONG = 4;
    private static final short UNDEFINED = 7;
    private static final byte[] BIG_ENDIAN_TIFF = {'M', 'M', 0, 42};
    private static final byte[] UTF_16 = "UNICODE\0".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST = 8;
    private static final int DIRECTORY = 2 + 12 + 4;

    private Exif() {}

    /** From the TIFF header on. */
    static byte[] withComment(String comment) {
        byte[] text = comment.getBytes(StandardCharsets.UTF_16BE);
        int length = UTF_16.length + text.length;
        return ByteBuffer.allocate(FIRST + 2 * DIRECTORY + length)
                .put(BIG_ENDIAN_TIFF)
                .putInt(FIRST)
                .put(directory(EXIF_DIRECTORY, LONG, 1, FIRST + DIRECTORY))
                .put(directory(USER_COMMENT, UNDEFINED, length, FIRST + 2 * DIRECTORY))
                .put(UTF_16)
                .put(text)
                .array();
    }

    /** A directory with one entry, and none after it. */
    private static byte[] directory(short tag, short type, int count, int value) {
        return ByteBuffer.allocate(DIRECTORY)
                .putShort((short) 1)
                .putShort(tag)
                .putShort(type)
                .putInt(count)
                .putInt(value)
                .putInt(0)
                .array();
    }
}
