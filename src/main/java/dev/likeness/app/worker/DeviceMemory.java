package dev.likeness.app.worker;

import dev.likeness.diffusion.pipeline.DeviceInfo;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** What this worker may use of its device's memory. */
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
        gauge(meters, "free", "Memory of the device that a task may hope for", DeviceInfo::memoryFree);
        gauge(meters, "held", "Memory of the device that this process has", DeviceInfo::memoryHeld);
    }

    private void gauge(MeterRegistry meters, String which, String description, ToDoubleFunction<DeviceInfo> bytes) {
        Gauge.builder("likeness.device.memory." + which, this, it -> it.figure(bytes))
                .baseUnit("bytes")
                .description(description)
                .tag("device", settings.device())
                .register(meters);
    }

    /** Of the last look at the device: threads that ask for figures are none of the engine's. */
    private double figure(ToDoubleFunction<DeviceInfo> bytes) {
        DeviceInfo device = last;
        return device == null ? Double.NaN : bytes.applyAsDouble(device);
    }

    /** The device as it is now, as far as the settings allow its use. */
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
