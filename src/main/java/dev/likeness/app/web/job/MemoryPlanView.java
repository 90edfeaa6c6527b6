package dev.likeness.app.web.job;

import dev.likeness.app.memory.JobMemory;
import dev.likeness.diffusion.plan.MemorySaving;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "MemoryPlan")
record MemoryPlanView(
        long plannedBytes,

        @Schema(nullable = true) @Nullable Long deviceBytes,

        @Schema(nullable = true) @Nullable String device,

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

    @Schema(name = "Economy")
    record EconomyView(
            @Schema(implementation = MemorySaving.class) String name, String description) {}
}
