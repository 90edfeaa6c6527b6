package dev.likeness.app.webhook;

import java.net.UnknownHostException;

/** A receiver has a forbidden address. */
class PrivateTargetException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    PrivateTargetException(String host) {
        super("%s is not on the public internet".formatted(host));
    }
}
