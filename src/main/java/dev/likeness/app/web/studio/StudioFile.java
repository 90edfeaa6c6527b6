package dev.likeness.app.web.studio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * A file of the studio in memory.
 *
 * @param type by the ending of its name; text is UTF-8
 * @param content as it is
 * @param gzipped the content, compressed
 * @param hash SHA-256 of the content, hexadecimal
 */
@SuppressWarnings("ArrayRecordComponent") // Files are never compared.
record StudioFile(MediaType type, byte[] content, byte[] gzipped, String hash) {

    static StudioFile of(String name, byte[] content) {
        MediaType type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return new StudioFile(
                type.getType().equals("text") ? new MediaType(type, StandardCharsets.UTF_8) : type,
                content,
                gzip(content),
                hash(content));
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
