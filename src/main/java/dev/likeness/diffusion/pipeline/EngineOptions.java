package dev.likeness.diffusion.pipeline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an engine starts.
 *
 * @param device as PyTorch names it: {@code cpu} or {@code cuda:0}
 * @param threads that one operation may use on the CPU; 0 for one a core
 * @param nativeCache where the native libraries are unpacked; null for the library's own default
 */
public record EngineOptions(
        String device, int threads, @Nullable Path nativeCache) {}
