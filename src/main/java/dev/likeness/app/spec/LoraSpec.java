package dev.likeness.app.spec;

import dev.likeness.diffusion.adapter.AdapterDesign;
import dev.likeness.diffusion.adapter.DoraNorms;
import dev.likeness.diffusion.adapter.LayerKind;
import dev.likeness.diffusion.adapter.LayerNumbers;
import dev.likeness.diffusion.adapter.LayerRanks;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.method.Lora;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The section {@code lora}: adapters beside frozen weights, of all kinds. */
@Schema(name = "Lora")
public record LoraSpec(
        @Min(1) @Max(256) int rank,

        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1024")
        double alpha,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double dropout,

        LoraTargets targets,

        LayerKind algorithm,

        DoraNorms dora,

        boolean rankStabilized,

        @Schema(nullable = true) @Nullable @Min(1) @Max(256) Integer convRank,

        @Schema(nullable = true) @Nullable @DecimalMin(value = "0", inclusive = false) @DecimalMax("1024")
        Double convAlpha,

        @Size(max = 64) List<@NotBlank @Size(max = 200) @PlainText String> rankPattern,

        @Size(max = 64) List<@NotBlank @Size(max = 200) @PlainText String> alphaPattern,

        @Schema(nullable = true) @Nullable @Min(1) @Max(1024)
        Integer factor,

        boolean tucker,

        boolean decomposeBoth)
        implements Lora.Settings {

    /** Specs of earlier releases have the first four fields. */
    public LoraSpec {
        algorithm = Objects.requireNonNullElse(algorithm, LayerKind.LORA);
        dora = Objects.requireNonNullElse(dora, DoraNorms.NONE);
        rankPattern = List.copyOf(Objects.requireNonNullElse(rankPattern, List.of()));
        alphaPattern = List.copyOf(Objects.requireNonNullElse(alphaPattern, List.of()));
    }

    @Override
    public AdapterDesign design() {
        return new AdapterDesign(
                algorithm,
                new LayerRanks(
                        rank,
                        alpha,
                        convRank,
                        convAlpha,
                        new LayerNumbers("rank_pattern", rankPattern),
                        new LayerNumbers("alpha_pattern", alphaPattern)),
                dora,
                rankStabilized,
                tucker,
                new AdapterDesign.Kronecker(factor == null ? -1 : factor, decomposeBoth));
    }
}
