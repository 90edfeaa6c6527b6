package dev.likeness.app.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an API key: {@code lk_}, a public prefix, and 256 secret random bits.
 *
 * @param prefix identifies the key
 */
record KeyText(String prefix, String secret) {

    static final String BEGINNING = "lk_";

    static final String FORM = "lk_<12 of a-z0-9>_<43 to 128 of A-Za-z0-9_->";

    private static final Pattern TEXT = Pattern.compile(BEGINNING + "([a-z0-9]{12})_([A-Za-z0-9_-]{43,128})");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PREFIX_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText generate() {
        String prefix = RANDOM.ints(PREFIX_LENGTH, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, it) -> text.append(LETTERS.charAt(it)), StringBuilder::append)
                .toString();
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new KeyText(prefix, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<KeyText> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    String text() {
        return BEGINNING + prefix + "_" + secret;
    }

    /** A plain SHA-256. A slow hash has no advantage, because 256 random bits cannot be guessed. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return BEGINNING + prefix;
    }
}
