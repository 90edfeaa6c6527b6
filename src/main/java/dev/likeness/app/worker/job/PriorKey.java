package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.Sha256;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.job.PriorImages.PriorSet;
import dev.likeness.app.spec.GuidanceEnds;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.token.ComposedPrompt;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.token.PromptSchedule;
import dev.likeness.diffusion.token.PromptWeighting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A key over everything that images of the untrained model depend on, except their number. */
final class PriorKey {

    private PriorKey() {}

    /** The set of a job's prior images. */
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
        addInterval(settings, GuidanceEnds.interval(prior.guidanceInterval()));
        addRescale(settings, prior.guidanceRescale());
        addEncoding(settings, new PromptEncoding(job.spec().training().clipSkip(), prior.promptWeighting()));
        addSyntax(settings, prompt, prior.negativePrompt());
        return set(modelHash, prompt, settings);
    }

    /**
     * The set of a plan's images of one prompt, whose scales do not matter without an adapter.
     *
     * @param number of the prompt in the plan
     * @param prompt without placeholders
     */
    static PriorSet of(ImagePlan plan, int number, String prompt, String modelHash) {
        SamplingSettings sampling = plan.settings();
        Map<String, Object> settings = new TreeMap<>(Map.of(
                "negative_prompt", plan.negativePrompt(),
                "sampler", sampling.sampler().wire(),
                "steps", sampling.steps(),
                "guidance", sampling.guided().guidance(),
                "eta", sampling.eta(),
                "width", sampling.width(),
                "height", sampling.height(),
                "seed", plan.seed(number, 0)));
        addInterval(settings, sampling.guided().guidanceInterval());
        addRescale(settings, sampling.guided().guidanceRescale());
        addEncoding(settings, sampling.encoding());
        addSyntax(settings, prompt, plan.negativePrompt());
        return set(modelHash, prompt, settings);
    }

    /** Without an interval, the key stays that of releases that had none. */
    private static void addInterval(Map<String, Object> settings, @Nullable GuidanceInterval interval) {
        if (interval != null) {
            settings.put("guidance_interval", interval.ends());
        }
    }

    /** The same for rescaling. */
    private static void addRescale(Map<String, Object> settings, double rescale) {
        if (rescale > 0) {
            settings.put("guidance_rescale", rescale);
        }
    }

    /** With the default, the key stays that of releases that had no choice. */
    private static void addEncoding(Map<String, Object> settings, PromptEncoding encoding) {
        if (encoding.clipSkip() > 0) {
            settings.put("clip_skip", encoding.clipSkip());
        }
        if (encoding.promptWeighting() != PromptWeighting.A1111) {
            settings.put("prompt_weighting", encoding.promptWeighting().wire());
        }
    }

    /** Earlier releases read these prompts as text, and their images are others. */
    private static void addSyntax(Map<String, Object> settings, String prompt, String negativePrompt) {
        ComposedPrompt composed = ComposedPrompt.of(prompt);
        boolean changes = Stream.concat(
                        composed.parts().stream().map(ComposedPrompt.Part::schedule),
                        Stream.of(PromptSchedule.of(negativePrompt)))
                .anyMatch(PromptSchedule::changes);
        if (changes || !composed.isPlain()) {
            settings.put("prompt_syntax", "schedules");
        }
    }

    private static PriorSet set(String modelHash, String prompt, Map<String, Object> settings) {
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
