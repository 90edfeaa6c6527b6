package dev.likeness.app.subject;

import dev.likeness.diffusion.wire.Wire;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A property of a subject's pictures that affects training.
 *
 * @param code the kind, for programs: {@code turned}, {@code near_duplicates}, {@code blurred},
 *     {@code same_background}, {@code close_ups}, {@code face_close_ups}, {@code no_face}, {@code several_faces} or
 *     {@code upscaled}
 * @param pictures positions of the affected pictures, from 0
 * @param message sentences: what was found, why it matters, and what to do
 * @param figures the measured values, by name; {@code threshold} is the limit of the first one
 */
public record Finding(
        String code, Severity severity, List<Integer> pictures, String message, Map<String, Number> figures) {

    public Finding {
        pictures = List.copyOf(pictures);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** The importance of a finding. Useless pictures are refused, so they have no findings. */
    public enum Severity implements Wire {
        /** Information only. */
        INFO,
        /** The result will be worse than necessary. */
        WARNING
    }
}
