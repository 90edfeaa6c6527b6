package dev.likeness.app.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** The hash that names files. */
public final class Sha256 {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + name);
        }
        return name;
    }

    /** A new one. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
