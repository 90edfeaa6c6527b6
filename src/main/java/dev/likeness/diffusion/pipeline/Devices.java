package dev.likeness.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compute devices by PyTorch's names for them. */
final class Devices {

    private static final String CUDA = "cuda:";
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final int KIB = 1024;

    private Devices() {}

    static Device find(String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        int count = Engine.getEngine("PyTorch").getGpuCount();
        if (!name.matches(CUDA + "\\d+") || index(name) >= count) {
            throw new IllegalStateException(
                    "there is no device %s: libtorch sees %d CUDA devices".formatted(name, count));
        }
        return Device.gpu(index(name));
    }

    private static int index(String name) {
        return Integer.parseInt(name.substring(CUDA.length()));
    }

    static DeviceInfo describe(Device device) {
        if (device.isGpu()) {
            MemoryUsage memory = CudaUtils.getGpuMemory(device);
            return new DeviceInfo(
                    CUDA + device.getDeviceId(), memory.getMax(), memory.getMax() - memory.getCommitted());
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long free = Math.min(available(system.getFreeMemorySize()), system.getTotalMemorySize());
        return new DeviceInfo("cpu", system.getTotalMemorySize(), free);
    }

    /** Free memory counts what Linux would give up of its caches. */
    private static long available(long otherwise) {
        if (!Files.isReadable(MEMORY)) {
            return otherwise;
        }
        try {
            List<String> lines = Files.readAllLines(MEMORY);
            return lines.stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
