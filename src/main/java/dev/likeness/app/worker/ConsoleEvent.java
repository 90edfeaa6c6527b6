package dev.likeness.app.worker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log event of a supervised worker, sent over its console to the supervising process.
 *
 * @param level SLF4J's name of the level
 * @param logger name of the logger
 * @param message formatted
 * @param error the exception and its root cause, in one line; null without an exception
 * @param context further fields of the event, such as the ids of a trace
 */
record ConsoleEvent(
        String level,
        String logger,
        String message,
        @Nullable String error,
        Map<String, String> context) {}
