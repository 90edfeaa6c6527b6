package dev.likeness.app.worker;

import dev.likeness.diffusion.pipeline.DeviceInfo;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** The memory of the device that this worker may use. */
@InWorker
@Component
public class DeviceMemory {

    private final DiffusionEngine engine;
    private final WorkerSettings settings;
    private volatile @Nullable DeviceInfo last;

    DeviceMemory(DiffusionEngine engine, WorkerSettings settings, MeterRegistry meters) {
        this.engine = engine;
        this.settings = settings;
        gauge(meters, "total", "All memory of the device", DeviceInfo::memoryTotal);
        gauge(meters, "free", "Memory of the device that is available to a task", DeviceInfo::memoryFree);
        gauge(meters, "held", "Memory of the device that this process holds", DeviceInfo::memoryHeld);
    }

    private void gauge(MeterRegistry meters, String which, String description, ToDoubleFunction<DeviceInfo> bytes) {
        Gauge.builder("likeness.device.memory." + which, this, it -> it.figure(bytes))
                .baseUnit("bytes")
                .description(description)
                .tag("device", settings.device())
                .register(meters);
    }

    /** The last measurement. Metrics are read on other threads than the engine's, so they do not measure again. */
    private double figure(ToDoubleFunction<DeviceInfo> bytes) {
        DeviceInfo device = last;
        return device == null ? Double.NaN : bytes.applyAsDouble(device);
    }

    /** The device now, with the memory that the settings allow. */
    public DeviceInfo now() {
        DeviceInfo device = engine.device();
        last = device;
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
