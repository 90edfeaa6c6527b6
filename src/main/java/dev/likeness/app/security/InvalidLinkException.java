package dev.likeness.app.security;

import org.springframework.security.core.AuthenticationException;

/** A link's signature is invalid or has expired. */
public class InvalidLinkException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    InvalidLinkException(String message) {
        super(message);
    }
}
