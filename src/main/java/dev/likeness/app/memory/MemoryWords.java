package dev.likeness.app.memory;

import dev.likeness.app.memory.JobMemory.Saving;
import dev.likeness.diffusion.plan.MemorySaving;
import java.util.Locale;

/** Readable amounts of memory. */
public final class MemoryWords {

    private static final double GB = 1e9;

    private static final double MB = 1e6;

    private MemoryWords() {}

    /** For instance {@code 6.3 GB}. */
    public static String bytes(long bytes) {
        return bytes < GB
                ? String.format(Locale.ROOT, "%.0f MB", bytes / MB)
                : String.format(Locale.ROOT, "%.1f GB", bytes / GB);
    }

    static Saving saving(MemorySaving change) {
        return new Saving(change.wire(), change.words());
    }
}
