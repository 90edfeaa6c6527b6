package dev.likeness.app.score;

import dev.likeness.diffusion.wire.Wire;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A suggestion from a job's scores.
 *
 * @param code identifier: {@code overfit}, {@code prompts_ignored}, {@code undertrained}, {@code unlike},
 *     {@code unfinished}, {@code class_leak}, {@code class_variety}, {@code peaks_early}, {@code uncertain} or {@code not_measured}
 * @param message readable text: the observation, and what to do
 * @param figures the values behind it, by name
 */
public record Advice(String code, Severity severity, String message, Map<String, Number> figures) {

    public Advice {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** Its importance. */
    public enum Severity implements Wire {
        /** For information. */
        INFO,
        /** The result could be better. */
        WARNING
    }
}
