package dev.likeness.app.outbound;

/** Why a target was not reached. */
public enum OutboundFailure {
    /** The host has a forbidden address. */
    PRIVATE_ADDRESS,
    /** The name of the host cannot be resolved. */
    UNKNOWN_HOST,
    /** The exchange took too long. */
    TIMED_OUT,
    /** No secure connection with a trusted certificate. */
    TLS_FAILED,
    /** Anything else: refused, broken off, or an answer that is not HTTP. */
    CONNECTION_FAILED
}
