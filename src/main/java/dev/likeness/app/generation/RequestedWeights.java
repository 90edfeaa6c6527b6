package dev.likeness.app.generation;

import dev.likeness.app.score.WeightsKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a request for a generation names.
 *
 * @param adapters to merge with the job's own weights
 * @param checkpointStep training step of the job's own weights; null for its result
 * @param weights whether the job's own weights are the raw or the averaged ones; null for those of its result
 */
record RequestedWeights(
        @Size(max = MOST_ADAPTERS) List<@Valid AdapterUse> adapters,

        @Nullable @Min(1) Integer checkpointStep,

        @Nullable WeightsKind weights) {

    private static final int MOST_ADAPTERS = 16;

    /** The job's result alone. */
    static final RequestedWeights DEFAULT = new RequestedWeights(List.of(), null, null);
}
