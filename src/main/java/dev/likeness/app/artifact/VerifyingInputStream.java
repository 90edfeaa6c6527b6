package dev.likeness.app.artifact;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Compares what was read with the hash it should have, once the end is met. */
final class VerifyingInputStream extends FilterInputStream {

    private final MessageDigest digest;
    private final String expected;
    private boolean verified;

    VerifyingInputStream(InputStream in, MessageDigest digest, String expected) {
        super(new DigestInputStream(in, digest));
        this.digest = digest;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value < 0) {
            verify();
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count < 0) {
            verify();
        }
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

    private void verify() throws MismatchException {
        // Taking the digest resets it, so a second read past the end must not take it again.
        if (verified) {
            return;
        }
        verified = true;
        if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
            throw new MismatchException();
        }
    }

    /** What was read is not what the file's name says. */
    static final class MismatchException extends IOException {

        private static final long serialVersionUID = 1L;

        MismatchException() {
            super("the file's content does not match its hash");
        }
    }
}
