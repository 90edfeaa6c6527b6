package dev.likeness.app.spec;

import dev.likeness.diffusion.method.PivotalTuning;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** Which steps of pivotal tuning train the adapter and the embeddings, and how large the embeddings stay. */
@Schema(name = "PivotalTuning")
public record PivotalTuningSpec(
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
        double embeddingsUntil,

        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false)
        double adapterFrom,

        @DecimalMin("0") @DecimalMax("1") double rescaling)
        implements PivotalTuning.Settings {

    /** The defaults, as in specs that were stored before there was the method. */
    static final PivotalTuningSpec DEFAULT = new PivotalTuningSpec(0.5, 0, 0.1);
}
