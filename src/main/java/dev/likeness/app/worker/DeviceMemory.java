package dev.likeness.app.worker;

import dev.likeness.diffusion.pipeline.DeviceInfo;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** What this worker may use of its device's memory. */
@InWorker
@Component
class DeviceMemory {

    private final DiffusionEngine engine;
    private final WorkerSettings settings;

    DeviceMemory(DiffusionEngine engine, WorkerSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /** The device as it is now, as far as the settings allow its use. */
    DeviceInfo now() {
        DeviceInfo device = engine.device();
        DataSize limit = settings.memoryLimit();
        if (limit == null) {
            return device;
        }
        long allowed = Math.max(0, limit.toBytes() - device.memoryHeld());
        return new DeviceInfo(
                device.name(),
                device.memoryTotal(),
                Math.min(device.memoryFree(), allowed),
                Math.min(device.memoryHeld(), limit.toBytes()));
    }
}
