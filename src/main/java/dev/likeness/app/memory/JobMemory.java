package dev.likeness.app.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The planned use of a device's memory by a job.
 *
 * @param plannedBytes planned peak
 * @param device that it is planned for, in PyTorch's naming; null while no worker is known
 * @param deviceBytes that a task may use of it; null while no worker is known
 * @param imagesAtOnce most images of a batch
 * @param economies the memory savings that make it fit, in order
 * @param fixed names of the memory savings that the request rules out, because it sets the fields that they would change
 */
public record JobMemory(
        long plannedBytes,
        @Nullable String device,
        @Nullable Long deviceBytes,
        int imagesAtOnce,
        List<Saving> economies,
        List<String> fixed) {

    public JobMemory {
        economies = List.copyOf(economies);
        fixed = List.copyOf(fixed);
    }

    /**
     * A memory saving.
     *
     * @param name identifier
     * @param words to display
     */
    public record Saving(String name, String words) {}
}
