package dev.likeness.app.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;

/** What a caller may do. */
public enum Scope implements GrantedAuthority {
    /** See what is their own. */
    READ,
    /** Make, change and delete what is their own. */
    WRITE,
    /** Manage keys and secrets of the deployment. */
    ADMIN;

    /** As in requests and in the {@code scope} of tokens. */
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
