package dev.likeness.app.subject;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who wrote a caption. */
public enum CaptionOrigin {
    /** BLIP, in words of its own. */
    BLIP,
    /** A model's own CLIP, out of its lists. */
    CLIP,
    /** The user. */
    USER;

    /** As it stands in JSON and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
