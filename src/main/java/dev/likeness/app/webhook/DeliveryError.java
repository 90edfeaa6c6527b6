package dev.likeness.app.webhook;

import dev.likeness.diffusion.wire.Wire;

/** Why an attempt failed. The receiver's own message is not stored, because receivers are untrusted. */
public enum DeliveryError implements Wire {
    UNKNOWN_HOST,
    PRIVATE_ADDRESS,
    /** The connection failed, or broke, or the request could not be sent. */
    CONNECTION_FAILED,
    TLS_FAILED,
    /** The answer did not arrive in time, or the sending process died before. */
    TIMED_OUT,
    /** An answer other than 2xx. */
    HTTP_STATUS
}
