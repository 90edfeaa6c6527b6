package dev.likeness.app.webhook;

import java.util.Locale;

/** What became of a delivery so far. */
public enum DeliveryStatus {
    /** It will be tried, for the first time or again. */
    PENDING,
    /** Answered with 2xx. */
    DELIVERED,
    /** Tried for as long as it is tried. */
    FAILED,
    /** Answered with 410: the receiver wants nothing any more. */
    DISABLED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
