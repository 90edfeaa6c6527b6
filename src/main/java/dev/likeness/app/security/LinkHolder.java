package dev.likeness.app.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who has a signed link, for the request that follows it; the link says what they may see. */
final class LinkHolder extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    LinkHolder() {
        super(Set.of(Scope.READ));
        setAuthenticated(true);
    }

    @Override
    public Object getPrincipal() {
        return "link";
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
