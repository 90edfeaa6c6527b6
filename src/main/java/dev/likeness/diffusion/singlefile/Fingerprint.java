package dev.likeness.diffusion.singlefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Distinguishes plans without reading gigabytes. */
final class Fingerprint {

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(FolderPlan plan) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(Files.size(plan.checkpoint()));
        fingerprint.add(Files.getLastModifiedTime(plan.checkpoint()).toInstant());
        fingerprint.add(plan.documents());
        fingerprint.add(plan.tokenizers());
        plan.weights().forEach((path, pieces) -> {
            fingerprint.add(path);
            pieces.forEach(fingerprint::add);
        });
        for (String file : plan.vocabulary().files()) {
            fingerprint.digest.update(plan.vocabulary().read(file));
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void add(Piece piece) {
        add(piece.name() + piece.element() + Arrays.toString(piece.shape()) + piece.transposed());
        add(piece.begin());
    }

    private void add(Object value) {
        digest.update(value.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
