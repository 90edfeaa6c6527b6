package dev.likeness.app.web.job;

import dev.likeness.app.job.JobMemory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(
        name = "MemoryPlan",
        description = "What a job is planned to take of a device's memory, and what was changed to make it fit.")
record MemoryPlanView(
        @Schema(description = "Most bytes at once.", example = "6300000000")
        long plannedBytes,

        @Schema(
                description = "Bytes that a task may take of the device; null while no worker is known.",
                example = "8000000000",
                nullable = true)
        @Nullable
        Long deviceBytes,

        @Schema(
                description = "The device, as PyTorch names it; null while no worker is known.",
                example = "cpu",
                nullable = true)
        @Nullable
        String device,

        @Schema(description = "What was changed to make it fit, in order; empty if nothing was.")
        List<EconomyView> economies) {

    static MemoryPlanView of(JobMemory memory) {
        return new MemoryPlanView(
                memory.plannedBytes(),
                memory.deviceBytes(),
                memory.device(),
                memory.economies().stream()
                        .map(it -> new EconomyView(it.name(), it.words()))
                        .toList());
    }

    @Schema(name = "Economy", description = "Something that was changed to save memory.")
    record EconomyView(
            @Schema(
                    description = "For programs.",
                    example = "gradient_checkpointing",
                    allowableValues = {
                        "single_images",
                        "gradient_checkpointing",
                        "batch_of_one",
                        "eight_bit_optimizer",
                        "frozen_text"
                    })
            String name,

            @Schema(
                    description = "For people.",
                    example = "gradient checkpointing: activations are computed twice instead of kept")
            String description) {}
}
