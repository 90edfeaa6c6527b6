package dev.likeness.app.webhook;

import dev.likeness.diffusion.wire.Wire;

/** The state of a delivery. */
public enum DeliveryStatus implements Wire {
    /** An attempt is due, the first one or another one. */
    PENDING,
    /** Answered with 2xx. */
    DELIVERED,
    /** All attempts have failed. */
    FAILED,
    /** Answered with 410: the receiver refuses further calls. */
    DISABLED
}
