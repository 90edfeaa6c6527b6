package dev.likeness.app.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that files and what they are made of are named by. */
public final class Sha256 {

    private Sha256() {}

    /** A new one. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
