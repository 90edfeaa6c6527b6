package dev.likeness.diffusion.pipeline;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import dev.likeness.diffusion.plan.HostMemory;
import dev.likeness.diffusion.tensor.LibTorch;
import dev.likeness.diffusion.tensor.LibTorchException;
import dev.likeness.diffusion.wire.Quantity;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** Compute devices by PyTorch's names for them. */
final class Devices {

    private static final String CUDA = "cuda:";

    private Devices() {}

    /** @throws LibTorchException if the device does not exist */
    static Device find(String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        if (!name.matches(CUDA + "\\d{1,3}")) {
            throw new LibTorchException(
                    "There is no device %s. Device names are, for example, cpu and cuda:0.".formatted(name));
        }
        if (!LibTorch.forCuda()) {
            throw new LibTorchException("There is no device %s: this libtorch is built for the CPU.".formatted(name));
        }
        int count = Engine.getEngine("PyTorch").getGpuCount();
        if (index(name) >= count) {
            throw new LibTorchException(
                    "There is no device %s: libtorch sees %s.".formatted(name, Quantity.of(count, "GPU")));
        }
        return Device.gpu(index(name));
    }

    private static int index(String name) {
        return Integer.parseInt(name.substring(CUDA.length()));
    }

    /**
     * A device with its present memory.
     *
     * @param usedByOthers bytes of a GPU that were in use before this process used any
     */
    static DeviceInfo describe(Device device, long usedByOthers) {
        if (device.isGpu()) {
            MemoryUsage memory = CudaUtils.getGpuMemory(device);
            long held = Math.max(0, memory.getCommitted() - usedByOthers);
            return new DeviceInfo(
                    CUDA + device.getDeviceId(), memory.getMax(), memory.getMax() - memory.getCommitted(), held);
        }
        HostMemory memory = new HostMemory();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new DeviceInfo(
                "cpu",
                memory.total().orElseGet(system::getTotalMemorySize),
                memory.available().orElseGet(system::getFreeMemorySize),
                memory.held());
    }

    /** Bytes of a GPU that are in use; 0 on the CPU. */
    static long used(Device device) {
        return device.isGpu() ? CudaUtils.getGpuMemory(device).getCommitted() : 0;
    }
}
