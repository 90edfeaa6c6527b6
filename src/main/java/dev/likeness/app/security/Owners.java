package dev.likeness.app.security;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Whose things the present thread may see. A caller who has said who they are sees their own; a server that asks nobody
 * has one caller, and what works in the background works for everybody: both see everything.
 */
public final class Owners {

    /** Owner of what is made where nobody is asked who they are. */
    public static final String LOCAL = "local";

    private Owners() {}

    /** The present owner's name. */
    public static String present() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller instanceof Caller known ? known.owner() : LOCAL;
    }

    /** Whether what is of others can be seen, too. */
    public static boolean seeEverything() {
        return seesEverything(present());
    }

    static boolean seesEverything(String owner) {
        return owner.equals(LOCAL);
    }
}
