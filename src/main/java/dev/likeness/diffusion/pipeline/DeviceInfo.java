package dev.likeness.diffusion.pipeline;

/**
 * A compute device.
 *
 * @param name as PyTorch names it: {@code cpu} or {@code cuda:0}
 * @param memoryTotal bytes
 * @param memoryFree bytes another allocation may hope for
 * @param memoryHeld bytes this process has of it
 */
public record DeviceInfo(String name, long memoryTotal, long memoryFree, long memoryHeld) {

    /** Bytes that a task may take in all: what is free, and what the process has, which it lets go of for the task. */
    public long memoryForTask() {
        return memoryFree + memoryHeld;
    }
}
