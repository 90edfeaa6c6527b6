package dev.likeness.diffusion.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processor according to Linux (proc(5)). Everything about it is the same at every start, so that results are, too.
 *
 * @param vendor as in {@code /proc/cpuinfo}; empty if unknown
 * @param flags names of instruction sets
 */
record Processor(String vendor, Set<String> flags) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The instruction sets of MKL's kernels for AVX-512. */
    private static final Set<String> AVX512 = Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

    private static final Processor HERE = read();

    /** The one that this process runs on. */
    static Processor here() {
        return HERE;
    }

    /** Whether MKL leaves this processor's AVX-512 unused because of its vendor alone, which is AMD. */
    boolean isAmdWithAvx512() {
        return vendor.equals("AuthenticAMD") && hasAvx512();
    }

    private boolean hasAvx512() {
        return flags.containsAll(AVX512);
    }

    private static Processor read() {
        try {
            return of(Files.readAllLines(CPU_INFO));
        } catch (IOException e) {
            return of(List.of());
        }
    }

    /** @param lines of {@code /proc/cpuinfo}, of which the first processor counts */
    static Processor of(List<String> lines) {
        Map<String, String> fields = lines.stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(
                        parts -> parts[0].strip(), parts -> parts[1].strip(), (first, second) -> first));
        return new Processor(
                fields.getOrDefault("vendor_id", ""),
                Arrays.stream(fields.getOrDefault("flags", "").split(" ")).collect(Collectors.toUnmodifiableSet()));
    }
}
