package dev.likeness.app.webhook;

import java.util.Locale;

/** The state of a delivery. */
public enum DeliveryStatus {
    /** An attempt is due, the first one or another one. */
    PENDING,
    /** Answered with 2xx. */
    DELIVERED,
    /** All attempts have failed. */
    FAILED,
    /** Answered with 410: the receiver refuses further calls. */
    DISABLED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
