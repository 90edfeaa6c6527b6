package dev.likeness.app.model;

/** A model of the configuration cannot be used. Meant for the operator: the message names the model and the reason. */
class UnusableModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableModelException(String id, String reason) {
        super("model %s cannot be used: %s".formatted(id, reason));
    }

    UnusableModelException(String id, String reason, Throwable cause) {
        super("model %s cannot be used: %s".formatted(id, reason), cause);
    }
}
