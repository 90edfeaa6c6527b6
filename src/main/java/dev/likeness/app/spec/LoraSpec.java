package dev.likeness.app.spec;

import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.method.Lora;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Low-rank adapters (Hu et al. 2021, arXiv:2106.09685). */
@Schema(name = "Lora")
public record LoraSpec(
        @Min(1) @Max(256) int rank,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1024")
        double alpha,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double dropout,

        LoraTargets targets)
        implements Lora.Settings {}
