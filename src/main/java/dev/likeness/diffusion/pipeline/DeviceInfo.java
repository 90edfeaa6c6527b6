package dev.likeness.diffusion.pipeline;

/**
 * A compute device.
 *
 * @param name as PyTorch names it: {@code cpu} or {@code cuda:0}
 * @param memoryTotal bytes
 * @param memoryFree bytes another allocation may hope for
 */
public record DeviceInfo(String name, long memoryTotal, long memoryFree) {}
