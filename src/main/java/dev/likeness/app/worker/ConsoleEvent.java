package dev.likeness.app.worker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a supervised worker has logged, on its way over the console to the process that supervises it.
 *
 * @param level its name, as SLF4J has it
 * @param logger its name
 * @param message formatted
 * @param error the exception and what was at the bottom of it, in one line; null without an exception
 * @param context what belongs to the event beside its message, such as the ids of a trace
 */
record ConsoleEvent(
        String level,
        String logger,
        String message,
        @Nullable String error,
        Map<String, String> context) {}
