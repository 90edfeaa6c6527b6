package dev.likeness.app.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The most memory this process held during a task, as the kernel counts it. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private static final Logger log = LoggerFactory.getLogger(PeakMemory.class);

    private PeakMemory() {}

    /** Forgets what was held before, so that a peak is one task's. Where that is not allowed it is the process's. */
    static void reset() {
        try {
            // Linux: 5 resets the peak resident set (proc(5), clear_refs).
            Files.writeString(CLEAR, "5");
        } catch (IOException e) {
            log.debug("The peak of memory cannot be reset", e);
        }
    }

    /** Bytes, or null where the kernel does not tell. */
    static @Nullable Long bytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
