package dev.likeness.app.job;

import org.jspecify.annotations.Nullable;

/**
 * The engine that executes a job.
 *
 * @param check that the engine passed when its worker started, in one line; null if the worker skipped it
 * @param workerVersion of this software
 * @param setting that it runs with because it computed wrongly without or an operator wants it, for instance
 *     {@code ONEDNN_MAX_CPU_ISA=AVX}; null without one
 */
public record JobEngine(
        @Nullable String check,
        String workerVersion,
        @Nullable String setting) {}
