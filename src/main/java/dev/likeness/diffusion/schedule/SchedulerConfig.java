package dev.likeness.diffusion.schedule;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model's {@code scheduler_config.json} says of the noise it was trained with and of how to sample.
 *
 * @param trainTimesteps length of the forward process, T
 * @param betaStart first beta
 * @param betaEnd last beta
 * @param betaSchedule how the betas between go
 * @param prediction what the network's output is
 * @param spacing which of the T timesteps a shorter run visits
 * @param stepsOffset added to the timesteps of {@link Spacing#LEADING}
 * @param setAlphaToOne whether the step before timestep 0 has alpha-bar 1 instead of that of timestep 0; null when the
 *     file is silent, which each solver reads its own way
 * @param clipSample whether the predicted clean sample is clipped; wrong for latents, and false when the file is silent
 * @param clipSampleRange to which range, plus and minus
 */
public record SchedulerConfig(
        int trainTimesteps,
        double betaStart,
        double betaEnd,
        BetaSchedule betaSchedule,
        Prediction prediction,
        Spacing spacing,
        int stepsOffset,
        @Nullable Boolean setAlphaToOne,
        boolean clipSample,
        double clipSampleRange) {

    /** How the betas go from the first to the last. */
    public enum BetaSchedule {
        LINEAR,
        /** Linear in the square root: Stable Diffusion's. */
        SCALED_LINEAR,
        /** Nichol and Dhariwal 2021, arXiv:2102.09672; the first and last beta play no part. */
        SQUAREDCOS_CAP_V2
    }

    /** Which timesteps a run of fewer than T steps visits (Lin et al. 2023, arXiv:2305.08891, table 2). */
    public enum Spacing {
        LEADING,
        LINSPACE,
        TRAILING
    }

    /**
     * Reads the file's fields; what it does not name gets diffusers' default.
     *
     * @param json the parsed {@code scheduler_config.json}
     * @throws IllegalArgumentException naming the field, if a value is not understood or asks for something that is not
     *     built: such a model would give wrong images silently
     */
    public static SchedulerConfig from(Map<String, ?> json) {
        refuseUnsupported(json);
        Object alphaToOne = json.get("set_alpha_to_one");
        return new SchedulerConfig(
                (int) number(json, "num_train_timesteps", 1000),
                number(json, "beta_start", 0.0001),
                number(json, "beta_end", 0.02),
                choice(BetaSchedule.class, json, "beta_schedule", "linear"),
                choice(Prediction.class, json, "prediction_type", "epsilon"),
                choice(Spacing.class, json, "timestep_spacing", "leading"),
                (int) number(json, "steps_offset", 0),
                alphaToOne == null ? null : flag(json, "set_alpha_to_one"),
                flag(json, "clip_sample"),
                number(json, "clip_sample_range", 1));
    }

    private static void refuseUnsupported(Map<String, ?> json) {
        for (String field : new String[] {"rescale_betas_zero_snr", "thresholding"}) {
            if (flag(json, field)) {
                throw new IllegalArgumentException(field + ": true is not supported");
            }
        }
        if (json.get("trained_betas") != null) {
            throw new IllegalArgumentException("trained_betas: a list of betas is not supported");
        }
        if (json.get("skip_prk_steps") != null && !flag(json, "skip_prk_steps")) {
            throw new IllegalArgumentException("skip_prk_steps: false is not supported");
        }
    }

    private static double number(Map<String, ?> json, String field, double otherwise) {
        Object value = json.get(field);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        throw new IllegalArgumentException(field + ": " + value + " is not a number");
    }

    private static boolean flag(Map<String, ?> json, String field) {
        Object value = json.get(field);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean b) {
            return b;
        }
        throw new IllegalArgumentException(field + ": " + value + " is not true or false");
    }

    private static <E extends Enum<E>> E choice(Class<E> type, Map<String, ?> json, String field, String otherwise) {
        Object value = json.get(field);
        String name = value == null ? otherwise : value.toString();
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + name + " is not supported", e);
        }
    }
}
