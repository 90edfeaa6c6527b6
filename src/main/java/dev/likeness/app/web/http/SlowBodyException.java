package dev.likeness.app.web.http;

import java.net.SocketTimeoutException;

/** A body took too long. Tomcat answers with 408, as for a body that is silent for too long. */
final class SlowBodyException extends SocketTimeoutException {

    private static final long serialVersionUID = 1;

    SlowBodyException(String message) {
        super(message);
    }
}
