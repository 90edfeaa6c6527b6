package dev.likeness.app.web.worker;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.task.EngineCheckOutcome;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.Worker;
import dev.likeness.app.task.WorkerState;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Worker")
record WorkerView(
        UUID id,

        String object,

        WorkerState state,

        @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
        TaskView task,

        @JsonUnwrapped DeviceView device,

        @JsonUnwrapped SoftwareView software,

        Instant startedAt,

        Instant lastSeenAt) {

    static WorkerView of(Worker worker) {
        return new WorkerView(
                worker.id(),
                "worker",
                worker.state(),
                TaskView.of(worker.work()),
                DeviceView.of(worker.device()),
                SoftwareView.of(worker),
                worker.startedAt(),
                worker.lastSeen());
    }

    record TaskView(
            TaskRef.Kind kind,

            @Schema(nullable = true) @Nullable UUID id) {

        static @Nullable TaskView of(Worker.@Nullable Work work) {
            return work == null ? null : new TaskView(work.kind(), work.id());
        }
    }

    record DeviceView(String device, long memoryBytes, long taskMemoryBytes) {

        static DeviceView of(Worker.Device device) {
            return new DeviceView(device.name(), device.totalBytes(), device.taskBytes());
        }
    }

    record SoftwareView(
            String version,

            EngineCheckOutcome engineCheck,

            @Schema(nullable = true) @Nullable String engineSummary,

            @Schema(nullable = true) @Nullable String engineSetting) {

        static SoftwareView of(Worker worker) {
            return new SoftwareView(
                    worker.version(),
                    worker.engine().check(),
                    worker.engine().summary(),
                    worker.engine().setting());
        }
    }

    @Schema(name = "Workers")
    record WorkersView(List<WorkerView> results) {}
}
