package dev.likeness.app.security;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An authenticated caller, with a key or a token. */
final class Caller extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final String owner;
    private final Credential shown;

    Caller(String owner, Collection<Scope> scopes, Credential shown) {
        super(scopes);
        if (Owners.seesEverything(owner)) {
            throw new IllegalArgumentException("a caller cannot be " + owner);
        }
        this.owner = owner;
        this.shown = shown;
        setAuthenticated(true);
    }

    String owner() {
        return owner;
    }

    Credential shown() {
        return shown;
    }

    @Override
    public String getName() {
        return owner;
    }

    @Override
    public Object getPrincipal() {
        return owner;
    }

    /** The text of the credential is not stored. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof Caller caller && caller.owner.equals(owner);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), owner);
    }
}
