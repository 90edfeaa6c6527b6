package dev.likeness.app.security;

import dev.likeness.diffusion.wire.Wire;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;

/** The permissions of a caller. */
public enum Scope implements Wire, GrantedAuthority {
    /** Read its own resources. */
    READ,
    /** Create, change and delete its own resources. */
    WRITE,
    /** Manage keys and secrets of the deployment. */
    ADMIN;

    public static Optional<Scope> of(String wire) {
        return Wire.of(Scope.class, wire);
    }

    @Override
    public String getAuthority() {
        return wire();
    }
}
