package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.List;
import java.util.Set;

/** Tensors that belong to no network. Only those of training and of noise schedules may be ignored. */
final class Leftovers {

    private static final int NAMED_IN_ERROR = 8;

    private static final Set<String> NAMES = Set.of(
            "alphas_cumprod",
            "alphas_cumprod_prev",
            "betas",
            "denoiser.log_sigmas",
            "denoiser.sigmas",
            "global_step",
            "log_one_minus_alphas_cumprod",
            "logvar",
            "posterior_log_variance_clipped",
            "posterior_mean_coef1",
            "posterior_mean_coef2",
            "posterior_variance",
            "scale_factor",
            "sqrt_alphas_cumprod",
            "sqrt_one_minus_alphas_cumprod",
            "sqrt_recip_alphas_cumprod",
            "sqrt_recipm1_alphas_cumprod",
            "v_pred",
            TerminalSnr.MARK);

    private static final String MOVING_AVERAGES = "model_ema.";

    /** Endings of names in text encoders: buffers, and the temperature of contrastive training. */
    private static final List<String> ENDS = List.of(".position_ids", ".logit_scale", ".attn_mask");

    private static final List<String> TEXT = List.of("cond_stage_model.", "conditioner.embedders.");

    private Leftovers() {}

    /** Whether a tensor can be ignored without loss. */
    static boolean harmless(String name) {
        return NAMES.contains(name)
                || name.startsWith(MOVING_AVERAGES)
                || TEXT.stream().anyMatch(name::startsWith) && ENDS.stream().anyMatch(name::endsWith);
    }

    /** The exception for unknown tensors. */
    static InvalidModelException unknown(Family family, List<String> names) {
        String shown = String.join(", ", names.stream().limit(NAMED_IN_ERROR).toList());
        int more = names.size() - NAMED_IN_ERROR;
        return new InvalidModelException("the checkpoint has tensors that %s does not: %s%s"
                .formatted(family.title(), shown, more > 0 ? " and %d more".formatted(more) : ""));
    }
}
