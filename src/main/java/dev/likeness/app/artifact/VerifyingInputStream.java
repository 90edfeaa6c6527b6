package dev.likeness.app.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Compares the content with its hash before it returns the last bytes. */
final class VerifyingInputStream extends FilterInputStream {

    private final MessageDigest digest;
    private final String expected;
    private long left;
    private boolean verified;

    /** @param size expected number of bytes */
    VerifyingInputStream(InputStream in, long size, String expected) {
        this(in, Sha256.digest(), size, expected);
    }

    private VerifyingInputStream(InputStream in, MessageDigest digest, long size, String expected) {
        super(new DigestInputStream(in, digest));
        this.digest = digest;
        this.left = size;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(count);
        return count;
    }

    /** Skipped bytes count too, so they are read. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** @param read bytes, or -1 at the end */
    private void count(int read) throws MismatchException {
        left -= read;
        if (read < 0 || left == 0) {
            verify();
        }
    }

    private void verify() throws MismatchException {
        // Taking the digest resets it, so the end must not take it again.
        if (verified) {
            return;
        }
        verified = true;
        if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
            throw new MismatchException();
        }
    }

    /** The content does not match the file's name. */
    static final class MismatchException extends IOException {

        private static final long serialVersionUID = 1L;

        MismatchException() {
            super("the file's content does not match its hash");
        }
    }
}
