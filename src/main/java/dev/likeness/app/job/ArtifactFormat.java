package dev.likeness.app.job;

import java.util.Locale;

/** Which programs can load a file of a job. */
public enum ArtifactFormat {
    DIFFUSERS,
    KOHYA,
    A1111,
    JSON,
    HTML;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
