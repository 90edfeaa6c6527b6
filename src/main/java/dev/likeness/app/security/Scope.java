package dev.likeness.app.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;

/** The permissions of a caller. */
public enum Scope implements GrantedAuthority {
    /** Read its own resources. */
    READ,
    /** Create, change and delete its own resources. */
    WRITE,
    /** Manage keys and secrets of the deployment. */
    ADMIN;

    /** The name in requests and in the {@code scope} of tokens. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String wire) {
        return Stream.of(values()).filter(it -> it.wire().equals(wire)).findFirst();
    }

    @Override
    public String getAuthority() {
        return wire();
    }
}
