package dev.likeness.app.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The expected hash of a file's content: SHA-256 for large files, Git's hash for small ones.
 *
 * @param kind of hash
 * @param hex lower case
 */
record Checksum(Kind kind, String hex) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final int BUFFER = 1 << 20;

    enum Kind {
        SHA256,
        /** SHA-1 of Git's header for a file, and the file. */
        GIT
    }

    /** Parses a hash, also from an entity tag. Empty if it is not a hash. */
    static Optional<Checksum> parse(@Nullable String text) {
        String hex = text == null ? "" : text.replaceFirst("^W/", "").replace("\"", "");
        if (SHA256.matcher(hex).matches()) {
            return Optional.of(new Checksum(Kind.SHA256, hex));
        }
        return SHA1.matcher(hex).matches() ? Optional.of(new Checksum(Kind.GIT, hex)) : Optional.empty();
    }

    /** Whether a file has this hash. Reads the whole file. */
    boolean fits(Path file, DownloadWatch watch) throws IOException {
        MessageDigest digest = digest();
        if (kind == Kind.GIT) {
            digest.update("blob %d\0".formatted(Files.size(file)).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                watch.check();
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(hex);
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(kind == Kind.GIT ? "SHA-1" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has them", e);
        }
    }
}
