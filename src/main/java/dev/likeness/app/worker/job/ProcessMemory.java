package dev.likeness.app.worker.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Memory that this process has, as the kernel counts it, and the most of it during a task. */
@Component
class ProcessMemory implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");

    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private static final Logger log = LoggerFactory.getLogger(ProcessMemory.class);

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("process.resident.memory", () -> bytes("VmRSS:"))
                .baseUnit("bytes")
                .description("Memory that the process has")
                .register(meters);
        Gauge.builder("process.resident.memory.peak", () -> bytes("VmHWM:"))
                .baseUnit("bytes")
                .description("The most memory that the process had")
                .register(meters);
    }

    /** Forgets what was held before, so that a peak is one task's. Where that is not allowed it is the process's. */
    static void reset() {
        try {
            // Linux: 5 resets the peak resident set (proc(5), clear_refs).
            Files.writeString(CLEAR, "5");
        } catch (IOException e) {
            log.debug("The peak of memory cannot be reset", e);
        }
    }

    /** The most since the last reset, in bytes; null where the kernel does not tell. */
    static @Nullable Long peak() {
        return bytes("VmHWM:");
    }

    private static @Nullable Long bytes(String field) {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
