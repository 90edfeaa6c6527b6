package dev.likeness.app.job;

import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import dev.likeness.diffusion.token.PromptEncoding;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A recipe in the text that AUTOMATIC1111's stable-diffusion-webui writes into its images and reads from images, as do other
 * programs ({@code create_infotext} and {@code parse_generation_parameters} there): a line with the prompt, one with the negative
 * prompt, one with settings. Clip skip is counted from 1 there. What webui lacks is left out, except for {@code compel}'s
 * weighting, which would be taken for webui's own.
 */
public final class Infotext {

    private static final String KARRAS = "Karras";
    private static final String UNIFORM = "Uniform";

    private Infotext() {}

    /** A sampler there; the schedule is empty where webui's own is that of the sampler. */
    private record WebuiSampler(String name, String schedule) {}

    public static String of(ImageRecipe recipe) {
        String negative = recipe.negativePrompt().isBlank() ? "" : "\nNegative prompt: " + recipe.negativePrompt();
        String settings = settings(recipe).entrySet().stream()
                .map(it -> it.getKey() + ": " + it.getValue())
                .collect(Collectors.joining(", "));
        return recipe.prompt() + negative + "\n" + settings;
    }

    private static Map<String, String> settings(ImageRecipe recipe) {
        SamplingSettings settings = recipe.settings();
        WebuiSampler sampler = webui(settings.sampler());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Steps", Integer.toString(settings.steps()));
        fields.put("Sampler", sampler.name());
        if (!sampler.schedule().isEmpty()) {
            fields.put("Schedule type", sampler.schedule());
        }
        fields.put("CFG scale", number(settings.guided().guidance()));
        fields.put("Seed", Long.toString(recipe.seed()));
        fields.put("Size", settings.width() + "x" + settings.height());
        if (settings.sampler() == Sampler.DDIM && settings.eta() > 0) {
            fields.put("Eta DDIM", number(settings.eta()));
        }
        addEncoding(fields, settings.encoding());
        return fields;
    }

    private static void addEncoding(Map<String, String> fields, PromptEncoding encoding) {
        if (encoding.clipSkip() > 0) {
            fields.put("Clip skip", Integer.toString(encoding.clipSkip() + 1));
        }
        switch (encoding.promptWeighting()) {
            case NONE -> fields.put("Emphasis", "None");
            case COMPEL ->
                fields.put("Prompt weighting", encoding.promptWeighting().wire());
            case A1111 -> {}
        }
    }

    /** Without a schedule, webui would choose Karras's noise levels for some samplers. */
    private static WebuiSampler webui(Sampler sampler) {
        return switch (sampler) {
            case DDIM -> new WebuiSampler("DDIM", "");
            case PNDM -> new WebuiSampler("PLMS", "");
            case DDPM -> new WebuiSampler("DDPM", "");
            case EULER -> new WebuiSampler("Euler", UNIFORM);
            case EULER_KARRAS -> new WebuiSampler("Euler", KARRAS);
            case EULER_ANCESTRAL -> new WebuiSampler("Euler a", UNIFORM);
            case DPMPP_2M -> new WebuiSampler("DPM++ 2M", UNIFORM);
            case DPMPP_2M_KARRAS -> new WebuiSampler("DPM++ 2M", KARRAS);
            case DPMPP_2M_SDE_KARRAS -> new WebuiSampler("DPM++ 2M SDE", KARRAS);
            case UNIPC -> new WebuiSampler("UniPC", "");
            case LMS -> new WebuiSampler("LMS", UNIFORM);
            case HEUN -> new WebuiSampler("Heun", UNIFORM);
        };
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
