package dev.likeness.app.security;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The owner whose resources the current thread may access. An authenticated caller accesses its own resources. A server
 * without authentication, background work and signed links have access to the resources of all owners.
 */
public final class Owners {

    /** The owner of resources that are created without authentication. */
    public static final String LOCAL = "local";

    /** An unauthenticated caller of a server with authentication. It owns nothing. */
    public static final String NOBODY = "nobody";

    private Owners() {}

    /** The current owner's name. */
    public static String present() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller instanceof Caller known) {
            return known.owner();
        }
        return caller instanceof AnonymousAuthenticationToken && NOBODY.equals(caller.getPrincipal()) ? NOBODY : LOCAL;
    }

    /** Whether the resources of all owners are accessible. */
    public static boolean seeEverything() {
        return seesEverything(present());
    }

    /** Whether the caller may do what concerns all owners. */
    public static boolean mayAdminister() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller instanceof Caller ? caller.getAuthorities().contains(Scope.ADMIN) : seeEverything();
    }

    static boolean seesEverything(String owner) {
        return owner.equals(LOCAL);
    }
}
