package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.Sha256;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.spec.PriorSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A key over everything that prior images depend on, except their number. */
final class PriorKey {

    private PriorKey() {}

    static PriorSet of(LeasedJob job, String modelHash) {
        PriorSpec prior = job.spec().prior();
        String prompt = job.expand(prior.prompt());
        Map<String, Object> settings = new TreeMap<>(Map.of(
                "negative_prompt", prior.negativePrompt(),
                "sampler", prior.sampler().wire(),
                "steps", prior.steps(),
                "guidance", prior.guidance(),
                "size", job.spec().training().resolution(),
                "seed", prior.seed()));
        return new PriorSet(key(modelHash, prompt, settings), prompt, modelHash, settings);
    }

    /** Every part is preceded by its length, so that different lists of parts have different keys. */
    private static String key(String modelHash, String prompt, Map<String, Object> settings) {
        MessageDigest digest = Sha256.digest();
        add(digest, modelHash);
        add(digest, prompt);
        settings.forEach((name, value) -> {
            add(digest, name);
            add(digest, value.toString());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
