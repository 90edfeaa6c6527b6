package dev.likeness.app.subject;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something about a subject's pictures that its training will notice.
 *
 * @param code what it is about, for programs: {@code turned}, {@code near_duplicates}, {@code blurred},
 *     {@code same_background}, {@code close_ups}, {@code face_close_ups}, {@code no_face}, {@code several_faces} or
 *     {@code upscaled}
 * @param pictures those it is about: positions, from 0
 * @param message sentences: what was seen, why it matters, and what to do about it
 * @param figures what led to it, by name; {@code threshold} is the limit that the first was held against
 */
public record Finding(
        String code, Severity severity, List<Integer> pictures, String message, Map<String, Number> figures) {

    public Finding {
        pictures = List.copyOf(pictures);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** How much it matters. What makes pictures useless is refused and so never found here. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** The result will be worse than it need be. */
        WARNING;

        /** As it stands in JSON and in the database. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
