package dev.likeness.app.upload;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The header in front of a file in a ZIP archive, which repeats what the directory says (PKWARE's APPNOTE 6.3.10,
 * section 4.3.7). Programs differ in which of the two they believe, so both must say the same.
 */
final class LocalHeader {

    private static final int LENGTH = 30;
    private static final int SIGNATURE = 0x04034b50;

    /** Flags: the sizes and the checksum follow the file. */
    private static final int DESCRIPTOR = 1 << 3;

    /** Flags: the file is encrypted. */
    private static final int ENCRYPTED = 1;

    /** A size in the field for ZIP64. */
    private static final long ELSEWHERE = 0xffffffffL;

    private LocalHeader() {}

    /** @throws IOException if there is no such header in the archive */
    static boolean agrees(Path archive, ZipArchiveEntry entry) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "r")) {
            byte[] bytes = new byte[LENGTH];
            file.seek(entry.getLocalHeaderOffset());
            file.readFully(bytes);
            ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            byte[] name = new byte[Short.toUnsignedInt(header.getShort(26))];
            file.readFully(name);
            int flags = header.getShort(6);
            return header.getInt(0) == SIGNATURE
                    && (flags & ENCRYPTED) == 0
                    && Short.toUnsignedInt(header.getShort(8)) == entry.getMethod()
                    && Arrays.equals(name, entry.getRawName())
                    && ((flags & DESCRIPTOR) != 0
                            || Integer.toUnsignedLong(header.getInt(14)) == entry.getCrc()
                                    && isSame(header.getInt(18), entry.getCompressedSize())
                                    && isSame(header.getInt(22), entry.getSize()));
        }
    }

    private static boolean isSame(int stored, long size) {
        long value = Integer.toUnsignedLong(stored);
        return value == ELSEWHERE || value == size;
    }
}
