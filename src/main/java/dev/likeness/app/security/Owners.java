package dev.likeness.app.security;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Whose things the present thread may see. A caller who has shown who they are sees their own. A server that asks nobody has
 * one caller, what works in the background works for everybody, and a signed link says by itself what may be seen: they see
 * everything.
 */
public final class Owners {

    /** Owner of what is made where nobody is asked who they are. */
    public static final String LOCAL = "local";

    /** Somebody who has not shown who they are, where that is asked for. Nothing belongs to them. */
    public static final String NOBODY = "nobody";

    private Owners() {}

    /** The present owner's name. */
    public static String present() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller instanceof Caller known) {
            return known.owner();
        }
        return caller instanceof AnonymousAuthenticationToken && NOBODY.equals(caller.getPrincipal()) ? NOBODY : LOCAL;
    }

    /** Whether what is of others can be seen, too. */
    public static boolean seeEverything() {
        return seesEverything(present());
    }

    static boolean seesEverything(String owner) {
        return owner.equals(LOCAL);
    }
}
