package dev.likeness.app.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.spec.ImagePlan;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.sampling.GuidanceInterval;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.token.PromptWeighting;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which images of the untrained model jobs share. */
class PriorKeyTests {

    private static final SamplingSettings SAMPLING = new SamplingSettings(Sampler.DDIM, 30, 5, 0, 64, 64);

    @Test
    void differsWithEverySettingOfAnImage() {
        List<String> keys = Stream.of(
                        key(plan(SAMPLING, "", 1), 0, "a bird", "model"),
                        key(plan(SAMPLING, "", 1), 0, "a cat", "model"),
                        key(plan(SAMPLING, "", 1), 0, "a bird", "other model"),
                        key(plan(SAMPLING, "blurry", 1), 0, "a bird", "model"),
                        key(plan(SAMPLING, "", 2), 0, "a bird", "model"),
                        key(plan(new SamplingSettings(Sampler.EULER, 30, 5, 0, 64, 64), "", 1), 0, "a bird", "model"),
                        key(plan(new SamplingSettings(Sampler.DDIM, 31, 5, 0, 64, 64), "", 1), 0, "a bird", "model"),
                        key(plan(new SamplingSettings(Sampler.DDIM, 30, 6, 0, 64, 64), "", 1), 0, "a bird", "model"),
                        key(plan(within(new GuidanceInterval(0, 5)), "", 1), 0, "a bird", "model"),
                        key(plan(within(new GuidanceInterval(1, 5)), "", 1), 0, "a bird", "model"),
                        key(plan(within(new GuidanceInterval(0, 6)), "", 1), 0, "a bird", "model"),
                        key(plan(rescaled(0.5), "", 1), 0, "a bird", "model"),
                        key(plan(rescaled(0.7), "", 1), 0, "a bird", "model"),
                        key(plan(new SamplingSettings(Sampler.DDIM, 30, 5, 1, 64, 64), "", 1), 0, "a bird", "model"),
                        key(plan(new SamplingSettings(Sampler.DDIM, 30, 5, 0, 72, 64), "", 1), 0, "a bird", "model"),
                        key(plan(new SamplingSettings(Sampler.DDIM, 30, 5, 0, 64, 72), "", 1), 0, "a bird", "model"),
                        key(plan(encoded(1, PromptWeighting.A1111), "", 1), 0, "a bird", "model"),
                        key(plan(encoded(2, PromptWeighting.A1111), "", 1), 0, "a bird", "model"),
                        key(plan(encoded(0, PromptWeighting.COMPEL), "", 1), 0, "a bird", "model"),
                        key(plan(encoded(0, PromptWeighting.NONE), "", 1), 0, "a bird", "model"))
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }

    private static SamplingSettings encoded(int clipSkip, PromptWeighting weighting) {
        return SAMPLING.with(new PromptEncoding(clipSkip, weighting));
    }

    private static SamplingSettings within(GuidanceInterval interval) {
        return new SamplingSettings(Sampler.DDIM, 30, 5, interval, 0, 64, 64);
    }

    private static SamplingSettings rescaled(double share) {
        return new SamplingSettings(Sampler.DDIM, 30, 5, null, share, 0, 64, 64);
    }

    /** Images of earlier releases are found by it. */
    @Test
    void isThatOfEarlierReleasesWithoutAnIntervalOfGuidance() {
        assertThat(key(plan(SAMPLING, "", 1), 0, "a bird", "model"))
                .isEqualTo("368d3c52c3511f45247762afe9be22ed373be92be6be2c36c4ac6ff908d7cf43");
    }

    /** Earlier releases read their prompts as text. */
    @Test
    void leavesImagesOfChangingAndAddedPromptsToEarlierReleases() {
        assertThat(settings("a [red:blue:0.5] bird")).containsKey("prompt_syntax");
        assertThat(settings("a bird AND a boat")).containsKey("prompt_syntax");
        assertThat(settings("a (red:1.3) [bird] A\\ND [a")).doesNotContainKey("prompt_syntax");
    }

    private static Map<String, Object> settings(String prompt) {
        return PriorKey.of(plan(SAMPLING, "", 1), 0, prompt, "model").settings();
    }

    /** The second prompt of a plan of two images each begins with seed 3. */
    @Test
    void dependsOnAnImagesSeedAndNotOnItsPlaceInThePlan() {
        assertThat(key(plan(SAMPLING, "", 1), 1, "a bird", "model"))
                .isEqualTo(key(plan(SAMPLING, "", 3), 0, "a bird", "model"));
    }

    private static String key(ImagePlan plan, int number, String prompt, String model) {
        return PriorKey.of(plan, number, prompt, model).key();
    }

    private static ImagePlan plan(SamplingSettings sampling, String negativePrompt, long seed) {
        return new ImagePlan(
                List.of("a {class}", "one {class}"), negativePrompt, 2, sampling, AdapterScales.FULL, false, seed);
    }
}
