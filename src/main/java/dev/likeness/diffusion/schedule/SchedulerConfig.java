package dev.likeness.diffusion.schedule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a model's {@code scheduler_config.json}: the noise of its training, and settings for sampling. Every
 * solver takes its fields from the file, and uses its own defaults for absent ones, as diffusers' {@code from_config}
 * does.
 *
 * @param betas of the forward process
 * @param prediction the kind of the network's output
 * @param spacing which of the T timesteps a shorter run visits; null for the solver's default
 * @param stepsOffset added to the timesteps of {@link Spacing#LEADING}
 * @param setAlphaToOne whether the step before timestep 0 has alpha-bar 1 instead of that of timestep 0; null for the
 *     solver's default
 * @param clip largest magnitude of the predicted clean sample; infinity where the file asks for no clipping, which is
 *     wrong for latents
 * @param sigmas the noise levels of a run
 * @param fields the whole file, for fields of single solvers
 */
public record SchedulerConfig(
        Betas betas,
        Prediction prediction,
        @Nullable Spacing spacing,
        int stepsOffset,
        @Nullable Boolean setAlphaToOne,
        double clip,
        SigmaConfig sigmas,
        ConfigFields fields) {

    private static final String RESCALED = "rescale_betas_zero_snr";
    private static final String NOT_FROM_NOISE =
            "prediction_type epsilon: the last timestep is pure noise, which has no information about the image; it needs v_prediction or sample";

    /**
     * The noise of each timestep.
     *
     * @param timesteps length of the forward process, T
     * @param start first beta
     * @param end last beta
     * @param schedule how the betas between go
     * @param zeroTerminalSnr whether the betas are rescaled so that the last timestep is pure noise (Lin et al. 2023,
     *     arXiv:2305.08891, algorithm 1)
     */
    public record Betas(int timesteps, double start, double end, BetaSchedule schedule, boolean zeroTerminalSnr) {

        private static Betas from(ConfigFields fields, Prediction prediction) {
            boolean zeroTerminalSnr = fields.flag(RESCALED, false);
            if (zeroTerminalSnr && prediction == Prediction.EPSILON) {
                throw new IllegalArgumentException(RESCALED + ": true does not go with " + NOT_FROM_NOISE);
            }
            return new Betas(
                    fields.trainTimesteps(),
                    fields.number("beta_start", 0.0001),
                    fields.number("beta_end", 0.02),
                    fields.choice(BetaSchedule.class, "beta_schedule", BetaSchedule.LINEAR),
                    zeroTerminalSnr);
        }
    }

    /** Interpolation between the first and last beta. */
    public enum BetaSchedule {
        LINEAR,
        /** Linear in the square root: Stable Diffusion's. */
        SCALED_LINEAR,
        /** Nichol and Dhariwal 2021, arXiv:2102.09672; it ignores the first and last beta. */
        SQUAREDCOS_CAP_V2
    }

    /** Which timesteps a run of fewer than T steps visits (Lin et al. 2023, arXiv:2305.08891, table 2). */
    public enum Spacing {
        LEADING,
        LINSPACE,
        TRAILING
    }

    /**
     * Reads the file's fields. Absent fields get diffusers' defaults.
     *
     * @param json the parsed {@code scheduler_config.json}
     * @throws IllegalArgumentException naming the field, if a value is invalid or needs an unsupported feature:
     *     ignoring it would silently give wrong images
     */
    public static SchedulerConfig from(Map<String, ?> json) {
        ConfigFields fields = new ConfigFields(new HashMap<>(json));
        SchedulerClass.requireBetas(SchedulerClass.of(json));
        if (json.get("trained_betas") != null) {
            throw new IllegalArgumentException("trained_betas: a list of betas is not supported");
        }
        // Flow sigmas select another kind of noise in classes that support both.
        fields.require("use_flow_sigmas", "false");
        Prediction prediction = fields.choice(Prediction.class, "prediction_type", Prediction.EPSILON);
        if (prediction == Prediction.V_PREDICTION) {
            // Without velocities, diffusers ignores the field. With them, the network's input is the logarithm of the
            // noise level.
            fields.require("timestep_type", "discrete");
        }
        double clipRange = fields.number("clip_sample_range", 1);
        return new SchedulerConfig(
                Betas.from(fields, prediction),
                prediction,
                fields.choice(Spacing.class, "timestep_spacing"),
                (int) fields.number("steps_offset", 0),
                fields.flag("set_alpha_to_one"),
                fields.flag("clip_sample", false) ? clipRange : Double.POSITIVE_INFINITY,
                SigmaConfig.from(fields),
                fields);
    }

    /** The same configuration with Karras's noise levels. */
    public SchedulerConfig withKarrasSigmas() {
        return new SchedulerConfig(
                betas, prediction, spacing, stepsOffset, setAlphaToOne, clip, sigmas.withKarras(), fields);
    }

    /**
     * The same configuration with zero terminal SNR, whose runs begin at the last timestep (Lin et al. 2023, arXiv:2305.08891,
     * sections 3.1 and 3.3).
     *
     * @throws IllegalArgumentException if the network predicts noise
     */
    SchedulerConfig withZeroTerminalSnr() {
        if (prediction == Prediction.EPSILON) {
            throw new IllegalArgumentException("zero terminal SNR does not go with " + NOT_FROM_NOISE);
        }
        Betas rescaled = new Betas(betas.timesteps(), betas.start(), betas.end(), betas.schedule(), true);
        return new SchedulerConfig(
                rescaled, prediction, Spacing.TRAILING, stepsOffset, setAlphaToOne, clip, sigmas, fields);
    }

    /** Length of the forward process, T. */
    public int trainTimesteps() {
        return betas.timesteps();
    }

    /** The file's spacing, or the solver's default. */
    Spacing spacingOr(Spacing otherwise) {
        return spacing == null ? otherwise : spacing;
    }
}
