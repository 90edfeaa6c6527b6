package dev.likeness.app.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** The caller of a signed link. The link determines the permitted resource. */
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
