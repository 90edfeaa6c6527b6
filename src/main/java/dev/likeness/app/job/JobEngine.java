package dev.likeness.app.job;

import org.jspecify.annotations.Nullable;

/**
 * The engine that executes a job.
 *
 * @param check that the engine passed when its worker started, in one line; null if the worker skipped it
 * @param workerVersion of this software
 * @param setting of a library, for instance {@code ONEDNN_MAX_CPU_ISA=AVX}: the engine fails its self-check without it,
 *     or an operator has set it; null without such a setting
 */
public record JobEngine(
        @Nullable String check,
        String workerVersion,
        @Nullable String setting) {}
