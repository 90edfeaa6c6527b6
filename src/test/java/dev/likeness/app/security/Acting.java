package dev.likeness.app.security;

import java.util.Set;
import java.util.concurrent.Callable;
import org.springframework.security.core.context.SecurityContextHolder;

/** Calls by owners who have shown who they are. */
public final class Acting {

    private Acting() {}

    /** From here on, on this thread. */
    static void as(String owner) {
        SecurityContextHolder.getContext()
                .setAuthentication(new Caller(owner, Set.of(Scope.READ), new Credential(null, null)));
    }

    /** For this call, on whatever thread makes it. */
    public static <T> Callable<T> as(String owner, Callable<T> call) {
        return () -> {
            as(owner);
            try {
                return call.call();
            } finally {
                SecurityContextHolder.clearContext();
            }
        };
    }
}
