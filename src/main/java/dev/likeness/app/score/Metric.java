package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** What a score measures. */
public enum Metric {
    /** Mean cosine of CLIP image embeddings, generated against real pictures. */
    CLIP_I,
    /** Cosine of CLIP embeddings, generated image against prompt. */
    CLIP_T,
    /** How much better an image fits its own prompt than the other prompts of its set: CLIP-T less the mean cosine with those. */
    CLIP_T_MARGIN,
    /** Mean cosine of DINO embeddings, generated against real pictures. */
    DINO,
    /** Images of the plain class against the real pictures: what leaked into the class. Lower is better. */
    PRES,
    /** Diversity of images of the plain class: 1 - mean pairwise cosine. */
    DIV;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** As it stands in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
