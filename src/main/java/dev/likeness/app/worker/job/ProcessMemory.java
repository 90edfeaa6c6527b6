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

/** Resident memory of this process by the kernel's count, and its peak during a task. */
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

    /** Resets the peak, so that it is that of one task. If the kernel refuses, it is that of the process. */
    static void reset() {
        try {
            // Linux: 5 resets the peak resident set (proc(5), clear_refs).
            Files.writeString(CLEAR, "5");
        } catch (IOException e) {
            log.debug("The peak of memory cannot be reset", e);
        }
    }

    /** The peak since the last reset, in bytes; null if the kernel does not report it. */
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
