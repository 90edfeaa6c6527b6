package dev.likeness.app.webhook;

import java.util.Locale;

/** Why an attempt failed. The receiver's own message is not stored, because receivers are untrusted. */
public enum DeliveryError {
    UNKNOWN_HOST,
    PRIVATE_ADDRESS,
    /** The connection failed, or broke, or the request could not be sent. */
    CONNECTION_FAILED,
    TLS_FAILED,
    /** The answer did not arrive in time, or the sending process died before. */
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
