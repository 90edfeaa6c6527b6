package dev.likeness.app.picture;

import dev.likeness.app.picture.PictureProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a file that may end anywhere. A read past its end reports a truncated file. */
final class Bytes {

    private final byte[] file;

    Bytes(byte[] file) {
        this.file = file;
    }

    byte[] all() {
        return file;
    }

    int at(int offset) throws RefusedPictureException {
        need(offset, 1);
        return file[offset] & 0xff;
    }

    int bigEndian16(int offset) throws RefusedPictureException {
        return at(offset) << 8 | at(offset + 1);
    }

    /** Unsigned. */
    long bigEndian32(int offset) throws RefusedPictureException {
        return (long) bigEndian16(offset) << 16 | bigEndian16(offset + 2);
    }

    int littleEndian16(int offset) throws RefusedPictureException {
        return at(offset) | at(offset + 1) << 8;
    }

    int littleEndian24(int offset) throws RefusedPictureException {
        return littleEndian16(offset) | at(offset + 2) << 16;
    }

    /** Unsigned. */
    long littleEndian32(int offset) throws RefusedPictureException {
        return littleEndian16(offset) | (long) littleEndian16(offset + 2) << 16;
    }

    String latin1(int offset, int length) throws RefusedPictureException {
        need(offset, length);
        return new String(file, offset, length, StandardCharsets.ISO_8859_1);
    }

    byte[] copy(int offset, int length) throws RefusedPictureException {
        need(offset, length);
        return Arrays.copyOfRange(file, offset, offset + length);
    }

    /** Checks that the file has {@code length} bytes from {@code offset} on. */
    void need(int offset, long length) throws RefusedPictureException {
        if (offset < 0 || length < 0 || offset + length > file.length) {
            throw truncated();
        }
    }

    static RefusedPictureException truncated() {
        return new RefusedPictureException(Kind.TRUNCATED, "ends too early; send the whole file");
    }

    static RefusedPictureException damaged(String how) {
        return new RefusedPictureException(
                Kind.UNREADABLE, "is damaged (%s); open and save it again, or send another".formatted(how));
    }

    static RefusedPictureException animated() {
        return new RefusedPictureException(Kind.ANIMATED, "is animated; send a still picture");
    }
}
