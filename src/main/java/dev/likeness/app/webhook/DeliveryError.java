package dev.likeness.app.webhook;

import java.util.Locale;

/** Why an attempt failed. What exactly the other side said is not kept: a receiver may be anything. */
public enum DeliveryError {
    UNKNOWN_HOST,
    PRIVATE_ADDRESS,
    /** No connection came about, or it broke, or nothing could be sent over it. */
    CONNECTION_FAILED,
    TLS_FAILED,
    /** There was no answer in time, or whoever sent it was gone before it came. */
    TIMED_OUT,
    /** An answer other than 2xx. */
    HTTP_STATUS;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryError of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
