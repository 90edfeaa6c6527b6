package dev.likeness.app.security;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * What a caller has shown, for answers that last: it may cease to hold before they end. See {@link ApiKeys#holding}.
 *
 * @param key id of an API key; null if it was none
 * @param expiresAt from when on a token does not hold; null for never
 */
public record Credential(@Nullable UUID key, @Nullable Instant expiresAt) implements Serializable {

    /** Of somebody who was not asked. */
    private static final Credential NONE = new Credential(null, null);

    static Credential of(ApiKey key) {
        return new Credential(key.id(), key.expiresAt());
    }

    /** The present caller's. */
    public static Credential present() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof Caller caller ? caller.shown() : NONE;
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
