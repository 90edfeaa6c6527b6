package dev.likeness.app.web.generation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.generation.AdapterUse;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.web.task.TaskOptions;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request for a generation in the OpenAPI document. */
@Schema(name = "GenerationForm", allOf = SamplingSpec.class)
record GenerationForm(
        @ArraySchema(maxItems = 16) List<AdapterUse> adapters,

        @Schema(nullable = true, minimum = "1") @Nullable Integer checkpointStep,

        @Schema(nullable = true) @Nullable WeightsKind weights,

        @JsonUnwrapped TaskOptions.Described options) {}
