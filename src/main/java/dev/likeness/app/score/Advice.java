package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something that the scores of a job suggest.
 *
 * @param code what it is about, for programs: {@code overfit}, {@code prompts_ignored}, {@code undertrained},
 *     {@code unlike}, {@code class_leak}, {@code class_variety}, {@code peaks_early}, {@code uncertain} or
 *     {@code not_measured}
 * @param message sentences: what was seen, and what to do about it
 * @param figures what led to it, by name
 */
public record Advice(String code, Severity severity, String message, Map<String, Number> figures) {

    public Advice {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** How much it matters. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** The result is worse than it need be. */
        WARNING;

        /** The name in JSON. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
