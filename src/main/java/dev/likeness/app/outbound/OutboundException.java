package dev.likeness.app.outbound;

/** A target was not reached, or its answer ended too early. */
public final class OutboundException extends Exception {

    private static final long serialVersionUID = 1L;

    private final OutboundFailure failure;

    OutboundException(OutboundFailure failure, Exception cause) {
        super(failure.name(), cause);
        this.failure = failure;
    }

    public OutboundFailure failure() {
        return failure;
    }
}
