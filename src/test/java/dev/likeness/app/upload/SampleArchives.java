package dev.likeness.app.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** ZIP archives. */
public final class SampleArchives {

    private SampleArchives() {}

    /** @param files in order; a name with a slash at its end is a folder */
    public static byte[] zip(Map<String, byte[]> files) {
        return zip(files, Zip64Mode.Never);
    }

    static byte[] zip64(Map<String, byte[]> files) {
        return zip(files, Zip64Mode.Always);
    }

    private static byte[] zip(Map<String, byte[]> files, Zip64Mode mode) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
            out.setUseZip64(mode);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                // Two entries with the same name need keys that differ.
                out.putArchiveEntry(new ZipArchiveEntry(file.getKey().replace("|", "")));
                out.write(file.getValue());
                out.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
