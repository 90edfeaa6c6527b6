package dev.likeness.app.outbound;

import java.net.UnknownHostException;

/** A target has a forbidden address. */
public class PrivateTargetException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    PrivateTargetException(String host) {
        super("%s is not on the public internet".formatted(host));
    }
}
