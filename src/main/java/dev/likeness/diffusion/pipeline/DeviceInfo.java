package dev.likeness.diffusion.pipeline;

/**
 * A compute device.
 *
 * @param name as PyTorch names it: {@code cpu} or {@code cuda:0}
 * @param memoryTotal bytes
 * @param memoryFree bytes that are free
 * @param memoryHeld bytes that this process has reserved
 */
public record DeviceInfo(String name, long memoryTotal, long memoryFree, long memoryHeld) {

    /** Bytes that a task can use: free memory, and what this process has reserved and releases for the task. */
    public long memoryForTask() {
        return memoryFree + memoryHeld;
    }
}
