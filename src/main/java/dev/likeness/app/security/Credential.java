package dev.likeness.app.security;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A caller's credential, for long answers: it may become invalid before they end. See {@link ApiKeys#holding}.
 *
 * @param key id of an API key; null for a token
 * @param expiresAt expiry time of a token; null for never
 */
public record Credential(@Nullable UUID key, @Nullable Instant expiresAt) implements Serializable {

    /** The credential of a caller without authentication. */
    private static final Credential NONE = new Credential(null, null);

    static Credential of(ApiKey key) {
        return new Credential(key.id(), key.times().expiresAt());
    }

    /** The current caller's. */
    public static Credential present() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof Caller caller ? caller.shown() : NONE;
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
