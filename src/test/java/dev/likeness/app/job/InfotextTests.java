package dev.likeness.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.token.PromptEncoding;
import dev.likeness.diffusion.token.PromptWeighting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InfotextTests {

    /** How stable-diffusion-webui finds the settings in the last line. */
    private static final Pattern SETTING =
            Pattern.compile("\\s*(\\w[\\w \\-/]+):\\s*(\"(?:\\\\.|[^\\\\\"])+\"|[^,]*)(?:,|$)");

    @Test
    void hasThePromptsAndTheSettings() {
        SamplingSettings settings = new SamplingSettings(Sampler.DPMPP_2M_KARRAS, 20, 7.5, 0, 512, 768)
                .with(new PromptEncoding(1, PromptWeighting.A1111));

        assertThat(Infotext.of(recipe("a [cat:dog:0.5], 16:9", "blurry, (dark:1.2)", settings)))
                .isEqualTo("""
                a [cat:dog:0.5], 16:9
                Negative prompt: blurry, (dark:1.2)
                Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 42, Size: 512x768, Clip skip: 2""");
    }

    @Test
    void leavesOutWhatIsNotSet() {
        SamplingSettings settings = new SamplingSettings(Sampler.DDIM, 30, 5, 0, 64, 64);

        assertThat(Infotext.of(recipe("a cat", "", settings)))
                .isEqualTo("a cat\nSteps: 30, Sampler: DDIM, CFG scale: 5, Seed: 42, Size: 64x64");
    }

    @ParameterizedTest
    @CsvSource({"A1111,,", "NONE,Emphasis,None", "COMPEL,Prompt weighting,compel"})
    void tellsWeightingsApart(PromptWeighting weighting, String field, String value) {
        Map<String, String> found =
                settings(new SamplingSettings(Sampler.DDIM, 30, 5, 1, 64, 64).with(new PromptEncoding(0, weighting)));

        assertThat(found).containsEntry("Eta DDIM", "1");
        if (field == null) {
            assertThat(found).doesNotContainKeys("Emphasis", "Prompt weighting");
        } else {
            assertThat(found).containsEntry(field, value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesEverySamplerAName(Sampler sampler) {
        Map<String, String> found = settings(new SamplingSettings(sampler, 30, 100, 0, 64, 128));

        assertThat(found.get("Sampler")).isNotBlank();
        assertThat(found.get("Schedule type"))
                .isEqualTo(sampler.title().endsWith("Karras") ? "Karras" : found.get("Schedule type"))
                .isNotEqualTo("");
        assertThat(found).containsEntry("CFG scale", "100").containsEntry("Size", "64x128");
    }

    private static Map<String, String> settings(SamplingSettings settings) {
        String text = Infotext.of(recipe("a cat", "", settings));
        Map<String, String> found = new LinkedHashMap<>();
        Matcher field = SETTING.matcher(text.substring(text.lastIndexOf('\n') + 1));
        while (field.find()) {
            found.put(field.group(1), field.group(2));
        }
        return found;
    }

    private static ImageRecipe recipe(String prompt, String negativePrompt, SamplingSettings settings) {
        return new ImageRecipe(
                prompt, negativePrompt, 42, settings, "0".repeat(64), AdapterScales.FULL, false, List.of());
    }
}
