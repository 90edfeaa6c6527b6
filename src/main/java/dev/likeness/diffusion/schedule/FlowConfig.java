package dev.likeness.diffusion.schedule;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@code scheduler_config.json} of diffusers' class {@value SchedulerClass#FLOW}.
 *
 * @param timesteps number of noise levels in training, T
 * @param shift factor of {@link #shift(double, double)}, for training and sampling; ignored with a dynamic shift, as in
 *     diffusers
 * @param dynamic the shift of sampling as a function of the image's size; null for {@code shift}
 */
public record FlowConfig(
        int timesteps, double shift, @Nullable DynamicShift dynamic) {

    /**
     * A shift exp(mu) that grows with the image: mu is linear in the number of image tokens, with two given points.
     *
     * @param baseShift mu at {@code baseTokens}
     * @param maxShift mu at {@code maxTokens}
     */
    public record DynamicShift(double baseShift, double maxShift, double baseTokens, double maxTokens) {

        private static DynamicShift from(ConfigFields fields) {
            // The other type has another formula.
            fields.require("time_shift_type", "exponential");
            DynamicShift shift = new DynamicShift(
                    fields.number("base_shift", 0.5),
                    fields.number("max_shift", 1.15),
                    fields.number("base_image_seq_len", 256),
                    fields.number("max_image_seq_len", 4096));
            if (!(shift.baseTokens < shift.maxTokens)) {
                throw new IllegalArgumentException(
                        "base_image_seq_len: %s is not less than max_image_seq_len, which is %s"
                                .formatted(shift.baseTokens, shift.maxTokens));
            }
            requireFinite("base_shift", Math.exp(shift.baseShift));
            requireFinite("max_shift", Math.exp(shift.maxShift));
            return shift;
        }

        /** The logarithm of the shift for an image. */
        double mu(double tokens) {
            return baseShift + (maxShift - baseShift) * (tokens - baseTokens) / (maxTokens - baseTokens);
        }
    }

    /**
     * Reads the file's fields. Absent fields get diffusers' defaults.
     *
     * @param json the parsed {@code scheduler_config.json}
     * @throws IllegalArgumentException naming the field, if a value is invalid or needs an unsupported feature:
     *     ignoring it would silently give wrong images
     */
    public static FlowConfig from(Map<String, ?> json) {
        ConfigFields fields = new ConfigFields(new HashMap<>(json));
        SchedulerClass.requireFlow(SchedulerClass.of(json));
        for (String unsupported : new String[] {
            "invert_sigmas", "stochastic_sampling", "use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas"
        }) {
            fields.require(unsupported, "false");
        }
        if (fields.number("shift_terminal", 0) != 0) {
            throw new IllegalArgumentException(
                    "shift_terminal: " + fields.text("shift_terminal") + " is not supported");
        }
        boolean dynamic = fields.flag("use_dynamic_shifting", false);
        double shift = fields.number("shift", 1);
        if (!dynamic) {
            requireFinite("shift", shift);
        }
        return new FlowConfig(fields.trainTimesteps(), shift, dynamic ? DynamicShift.from(fields) : null);
    }

    private static void requireFinite(String field, double shift) {
        if (!(shift > 0 && shift < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: it makes the factor of noise levels %s, which is not a number above 0"
                            .formatted(field, shift));
        }
    }

    /** The factor that sampling shifts noise levels by. */
    double samplingShift(double tokens) {
        return dynamic == null ? shift : Math.exp(dynamic.mu(tokens));
    }

    /** The factor that training shifts noise levels by: 1 with a dynamic shift. */
    double trainingShift() {
        return dynamic == null ? shift : 1;
    }

    /**
     * A noise level after the resolution-dependent shift of Esser et al. 2024 (arXiv:2403.03206, section 5.3.2): shift *
     * sigma / (1 + (shift - 1) * sigma), where shift is sqrt(m / n) for a change from n to m pixels. It keeps 0 and 1.
     */
    static double shift(double sigma, double shift) {
        return shift * sigma / (1 + (shift - 1) * sigma);
    }
}
