package dev.likeness.diffusion.pipeline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an engine starts.
 *
 * @param device as PyTorch names it: {@code cpu} or {@code cuda:0}
 * @param threads that one operation may use on the CPU; 0 for one a core
 * @param libtorch folder of its libraries; null for the one in the environment, or else those on the class path
 * @param nativeCache where native libraries on the class path are unpacked; null for the library's own default
 */
public record EngineOptions(
        String device,
        int threads,
        @Nullable Path libtorch,
        @Nullable Path nativeCache) {}
