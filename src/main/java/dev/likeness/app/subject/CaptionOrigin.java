package dev.likeness.app.subject;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The source of a caption. */
public enum CaptionOrigin {
    /** BLIP, as free text. */
    BLIP,
    /** A model's own CLIP, chosen from its lists. */
    CLIP,
    /** The user. */
    USER;

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
