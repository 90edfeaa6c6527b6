package dev.likeness.diffusion.pipeline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Options for starting an engine.
 *
 * @param device as PyTorch names it: {@code cpu} or {@code cuda:0}
 * @param threads that one operation uses on the CPU; 0 for one per core
 * @param libtorch folder of its libraries; null for the folder that the environment names, or the libraries on the class path
 * @param nativeCache folder that native libraries on the class path are unpacked to; null for the library's default
 * @param avx512OnAmd whether MKL may use AVX-512 on processors of AMD, as it does on those of Intel
 */
public record EngineOptions(
        String device,
        int threads,
        @Nullable Path libtorch,
        @Nullable Path nativeCache,
        boolean avx512OnAmd) {}
