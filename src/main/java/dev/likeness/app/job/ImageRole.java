package dev.likeness.app.job;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** What an image of a job is. */
public enum ImageRole {
    /** Generated with the trained weights. */
    RESULT,
    /** Drawn by the untouched base model, prompted with the plain class. */
    BEFORE,
    /** Generated with the trained weights from a prompt for the class alone. */
    CLASS,
    /** Drawn to judge the weights of its step; of step 0 by the untouched base model, prompted with the plain class. */
    EVALUATION,
    /** Drawn while training, with the weights of its step. */
    PREVIEW,
    /** An overview of the subject and what was made of it. */
    CONTACT_SHEET;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
