package dev.likeness.app.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a worker process.
 *
 * @param device for computations, in PyTorch's naming: {@code cpu} or {@code cuda:0}
 * @param threads that one operation may use on the CPU; 0 for one per core
 * @param libtorch folder of libtorch's libraries, for CUDA 12.8 or the CPU; the built-in ones for the CPU if absent
 * @param nativeCache where built-in native libraries are unpacked; the library's own default if absent
 * @param avx512OnAmd whether MKL may use AVX-512 on processors of AMD, as it does on those of Intel
 * @param logs folder of its log files
 * @param memoryLimit maximum of the device's memory that a task is planned to use; all memory if absent
 * @param jvmOptions for the JVM of a supervised worker; by default those for a quick start and a small heap, because
 *     most work is native: only the hottest methods are optimized, of which hashing is one, and no others are profiled
 * @param selfCheck whether the engine is checked at startup; a worker whose engine fails its self-check takes no task
 * @param supervised whether it ends with the process that started it; set by that process
 * @param id for its registration; set by the process that started it, random if absent
 * @param grace how long it may take to end before it is killed; longer than the queue's drain
 * @param seenEvery how often it renews its row in the list of workers
 * @param reportEvery shortest interval between reports of progress and loss
 * @param databasePatience how long it waits for an unavailable database before its task fails
 * @param storePatience how long it waits for an artifact store that is unavailable or full
 * @param managementPort port of metrics and health, if there is no {@code management.server.port}; not served if absent
 */
@Validated
@ConfigurationProperties("likeness.worker")
public record WorkerSettings(
        @NotBlank @DefaultValue("cpu") String device,
        @Min(0) @DefaultValue("0") int threads,
        @Nullable Path libtorch,
        @Nullable Path nativeCache,
        @DefaultValue("true") boolean avx512OnAmd,
        @NotNull Path logs,
        @Nullable DataSize memoryLimit,

        @DefaultValue({
            "-XX:Tier4InvocationThreshold=500000",
            "-XX:Tier4MinInvocationThreshold=500000",
            "-XX:Tier4BackEdgeThreshold=3000000",
            "-XX:-C1UpdateMethodData",
            "-XX:+UseSerialGC",
            "-Xms128m"
        })
        List<String> jvmOptions,

        @DefaultValue("true") boolean selfCheck,
        @DefaultValue("false") boolean supervised,
        @Nullable UUID id,
        @NotNull @DefaultValue("40s") Duration grace,
        @NotNull @DefaultValue("5s") Duration seenEvery,
        @NotNull @DefaultValue("250ms") Duration reportEvery,
        @NotNull @DefaultValue("2m") Duration databasePatience,
        @NotNull @DefaultValue("10m") Duration storePatience,
        @Nullable @Min(0) @Max(65535) Integer managementPort) {

    /** The log file of a supervised worker. */
    Path logFile() {
        return logs.resolve("worker.log");
    }
}
